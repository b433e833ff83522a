import { add, isZero } from "@shared/decimal";
import { money } from "@shared/money";
import { useRouter } from "@tarojs/taro";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Reader, useReader } from "@/domains/orders/reader";
import { useRefresh } from "@/domains/orders/refresh";
import { ReturnLine } from "@/domains/orders/return-line";
import { returnableOf, worthOf } from "@/domains/orders/say";
import type { OrderOut } from "@/gen/model";
import { useGetOrder, useRequestReturn } from "@/gen/orders/orders";
import { back } from "@/navigation";
import { lookAtFaulty } from "@/platform/faulty";
import { newId } from "@/platform/ids";
import { type Photo, sendPhotos } from "@/platform/photo";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Page } from "@/ui/page";
import { Photos } from "@/ui/photos";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { Answered, Empty } from "@/ui/states";
import { TextArea } from "@/ui/text-area";
import { useReasons } from "@/ui/use-reasons";
import "@/domains/orders/receive-line.scss";

function useRequest(onDone: () => void, photos: readonly Photo[]) {
  const { t } = useTranslation("store-follow");
  const refresh = useRefresh();
  return useRequestReturn({
    mutation: {
      onSuccess: async (document) => {
        const failed = await sendPhotos(photos, { type: "return", id: document.id });
        say(
          failed
            ? t("done.photos_failed", { count: failed })
            : t("done.returned", { number: document.number }),
        );
        refresh();
        onDone();
      },
    },
  });
}

function ReturnForm({ of: order, reader }: { of: OrderOut; reader: Reader }) {
  const { t } = useTranslation("store-follow");
  const [id] = useState(newId);
  const [units, setUnits] = useState<Record<number, string>>({});
  const [reason, setReason] = useState("");
  const [photos, setPhotos] = useState<Photo[]>([]);
  const [isAsked, setIsAsked] = useState(false);
  const request = useRequest(() => void back(), photos);
  const rows = order.lines
    .map((line) => ({ line, most: returnableOf(line, order.returns) }))
    .filter(({ most }) => !isZero(most));
  const chosen = rows.filter(({ line }) => !isZero(units[line.line_no] || "0"));
  const worth = chosen.map(({ line }) => worthOf(line, units[line.line_no] ?? "0", order.currency));
  const isReady = chosen.length > 0 && reason.trim() !== "";
  const { reasonOf, rest } = useReasons(request.error, {
    reason,
    ...Object.fromEntries(chosen.map(({ line }, at) => [`lines.${at}`, units[line.line_no]])),
  });
  const placeOf = (lineNo: number) => `lines.${chosen.findIndex(({ line }) => line.line_no === lineNo)}`;
  const send = () => {
    setIsAsked(true);
    if (!isReady) return lookAtFaulty();
    const lines = chosen.map(({ line }) => ({ line_no: line.line_no, quantity: units[line.line_no] ?? "0" }));
    request.mutate({ orderId: order.id, data: { id, reason: reason.trim(), lines } });
  };
  if (rows.length === 0)
    return (
      <Page title={t("return.title")}>
        <Empty text={t("return.none")} />
      </Page>
    );
  const footer = (
    <div className="receive-foot">
      <span className="receive-foot-says" role="status">
        {chosen.length === 0
          ? t("return.choose")
          : reader.seesPrices && t("return.total", { amount: money(add(...worth), order.currency) })}
      </span>
      <Action isBusy={request.isPending} isDisabled={chosen.length === 0} onClick={send}>
        {t("return.go")}
      </Action>
    </div>
  );
  return (
    <Page title={t("return.title")} footer={footer}>
      <Card title={order.number}>
        <ul>
          {rows.map(({ line, most }) => (
            <ReturnLine
              key={line.line_no}
              of={line}
              most={most}
              value={units[line.line_no] ?? ""}
              currency={order.currency}
              seesPrices={reader.seesPrices}
              problem={reasonOf(placeOf(line.line_no))}
              onChange={(value) => setUnits((before) => ({ ...before, [line.line_no]: value }))}
            />
          ))}
        </ul>
      </Card>
      <Card>
        <TextArea
          label={t("return.reason")}
          value={reason}
          problem={isAsked && reason.trim() === "" ? t("ask.needed") : reasonOf("reason")}
          onChange={setReason}
        />
        {reader.mayAttach && (
          <>
            <p className="field-label">{t("return.photos")}</p>
            <Photos value={photos} onChange={setPhotos} />
          </>
        )}
      </Card>
      {rest && <Refused error={rest} />}
    </Page>
  );
}

export default function AskReturnPage() {
  const { t } = useTranslation("store-follow");
  const { order: id = "" } = useRouter().params;
  const reader = useReader();
  const order = useGetOrder(id);
  if (order.data && reader) return <ReturnForm of={order.data} reader={reader} />;
  return (
    <Page title={t("return.title")}>
      <Answered of={order}>{() => null}</Answered>
    </Page>
  );
}
