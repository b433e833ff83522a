import { quantity } from "@shared/quantity";
import Taro from "@tarojs/taro";
import { useCallback, useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { findGoods, useListWarehouses } from "@/gen/inventory/inventory";
import type { ShipmentPaperOut } from "@/gen/model";
import { useReceiveShipment } from "@/gen/orders/orders";
import { back } from "@/navigation";
import { type Photo, sendPhotos } from "@/platform/photo";
import { drop, keep, kept } from "@/platform/storage";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Chips } from "@/ui/chips";
import { Icon } from "@/ui/icon";
import { Photos } from "@/ui/photos";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { ScanButton } from "@/ui/scan-button";
import { TextArea } from "@/ui/text-area";
import { useReasons } from "@/ui/use-reasons";
import { ReceiveLine } from "./receive-line";
import { differencesOf, type Found, type FoundByLine, foundOf, isDifferent, isNothing } from "./receiving";
import { useRefresh } from "./refresh";

/** What was found stays on this device until it is sent: a phone may ring in between. */
function useDraft(shipmentId: string): [FoundByLine, (found: FoundByLine) => void, () => void] {
  const name = `receive.${shipmentId}`;
  const [found, setFound] = useState<FoundByLine>(() => kept<FoundByLine>(name) ?? {});
  const change = (next: FoundByLine) => {
    setFound(next);
    keep(name, next);
  };
  return [found, change, () => drop(name)];
}

/** Finds the line of scanned goods and brings it into view. */
function useScan(shipment: ShipmentPaperOut, code: string | undefined) {
  const { t } = useTranslation("store-follow");
  const [lineNo, setLineNo] = useState<number | null>(null);
  const look = useCallback(
    async (read: string) => {
      const [goods] = await findGoods({ text: read, limit: 1 }).catch(() => []);
      const line = goods && shipment.goods.find((one) => one.sku_id === goods.sku_id);
      setLineNo(line?.line_no ?? null);
      if (!line) return say(t("receive.not_here"));
      void Taro.pageScrollTo({ selector: `#line-${line.line_no}`, offsetTop: -120 }).catch(() => undefined);
    },
    [shipment, t],
  );
  useEffect(() => {
    if (code) void look(code);
  }, [code, look]);
  return { lineNo, look };
}

function Place({
  organizationId,
  value,
  onChange,
}: {
  organizationId: number;
  value: number | null;
  onChange: (id: number) => void;
}) {
  const { t } = useTranslation("store-follow");
  const places =
    useListWarehouses({ organization_id: organizationId, is_active: true, limit: 50 }).data?.items ?? [];
  if (places.length < 2) return null;
  return (
    <Card title={t("receive.into")}>
      <Chips
        isWrapped
        label={t("receive.into")}
        value={String(value ?? places[0]?.id)}
        options={places.map((place) => ({ value: String(place.id), label: place.name }))}
        onChange={(id) => onChange(Number(id))}
      />
    </Card>
  );
}

interface Props {
  of: ShipmentPaperOut;
  mayAttach: boolean;
  seesStock: boolean;
  code?: string;
}

/** Everything is filled in as shipped: one press takes it in; what differs is changed line by line. */
export function useReceiveForm({ of: shipment, mayAttach, seesStock, code }: Props) {
  const { t } = useTranslation("store-follow");
  const refresh = useRefresh();
  const [found, setFound, clear] = useDraft(shipment.id);
  const [photos, setPhotos] = useState<Photo[]>([]);
  const [note, setNote] = useState("");
  const [placeId, setPlaceId] = useState<number | null>(null);
  const scan = useScan(shipment, code);
  const receive = useReceiveShipment({
    mutation: {
      onSuccess: async () => {
        const failed = await sendPhotos(photos, { type: "shipment", id: shipment.id });
        clear();
        say(
          failed
            ? t("done.photos_failed", { count: failed })
            : t("done.received", { number: shipment.number }),
        );
        refresh();
        await back();
      },
    },
  });
  const different = shipment.goods.filter((line) => isDifferent(foundOf(found, line.line_no)));
  const send = () =>
    receive.mutate({
      shipmentId: shipment.id,
      data: {
        warehouse_id: placeId,
        differences: differencesOf(
          shipment.goods,
          Object.fromEntries(
            Object.entries(found).map(([lineNo, one]) => [lineNo, { ...one, note: note || one.note }]),
          ),
          (line, one) => {
            const goods = shipment.goods.find((other) => other.line_no === line.line_no);
            return t("receive.both", {
              quantity: quantity(one.missing, goods?.units ?? [], goods?.base_unit ?? ""),
            });
          },
        ),
      },
    });
  const { reasonOf, rest } = useReasons(
    receive.error,
    Object.fromEntries(different.map((line, at) => [`differences.${at}`, foundOf(found, line.line_no)])),
  );
  const change = (lineNo: number, next: Found) => setFound({ ...found, [lineNo]: next });
  const content = (
    <>
      <Card
        title={shipment.seller_name}
        aside={
          <ScanButton
            className="action action-plain"
            label={t("receive.scan")}
            onCode={(read) => void scan.look(read)}
          >
            <Icon name="scan" />
          </ScanButton>
        }
      >
        <p className="soft">{t("receive.all_hint")}</p>
      </Card>
      <Card>
        <ul>
          {shipment.goods.map((line) => (
            <ReceiveLine
              key={line.line_no}
              of={line}
              found={foundOf(found, line.line_no)}
              isScanned={scan.lineNo === line.line_no}
              problem={reasonOf(`differences.${different.indexOf(line)}`)}
              onChange={(next) => change(line.line_no, next)}
            />
          ))}
        </ul>
      </Card>
      {different.length > 0 && (
        <Card>
          <TextArea label={t("receive.note")} value={note} most={500} onChange={setNote} />
          {mayAttach && (
            <>
              <p className="field-label">{t("receive.photos")}</p>
              <Photos value={photos} onChange={setPhotos} />
            </>
          )}
          <p className="soft">{t("receive.credit")}</p>
        </Card>
      )}
      {seesStock && <Place organizationId={shipment.buyer_id} value={placeId} onChange={setPlaceId} />}
      <p className="soft">{t("receive.over")}</p>
      {rest && <Refused error={rest} />}
    </>
  );
  const nothing = isNothing(shipment.goods, found);
  const footer = (
    <div className="receive-foot">
      <span className="receive-foot-says" role="status">
        {nothing
          ? t("receive.nothing")
          : different.length
            ? t("receive.differences", { count: different.length })
            : t("receive.fits")}
      </span>
      <Action isBusy={receive.isPending} onClick={send}>
        {t(different.length ? "receive.part" : "receive.all")}
      </Action>
    </div>
  );
  return { content, footer };
}
