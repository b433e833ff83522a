import { uuid7 } from "@shared/ids";
import { App, AutoComplete, DatePicker, Input, Modal } from "antd";
import type { Dayjs } from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAttachWaybill } from "@/gen/logistics/logistics";
import type { ShipmentListOut } from "@/gen/model";
import { Refusal } from "@/ui/refusal";
import { useRefreshGoods } from "./refresh";

/** Carriers as kuaidi100 names them, so that a later push finds the waybill; own cars and self-pickup have no push. */
const CARRIERS = [
  "shunfeng",
  "debangwuliu",
  "zhongtong",
  "yuantong",
  "yunda",
  "jd",
  "annengwuliu",
  "ems",
  "own",
  "pickup",
] as const;
const SHAPE = /^[A-Za-z0-9_.-]{1,60}$/;

/** Which carrier takes a shipment, under which number. */
export function WaybillDialog({ of: shipment, onClose }: { of: ShipmentListOut; onClose: () => void }) {
  const { t } = useTranslation(["fulfilment", "common"]);
  const { message } = App.useApp();
  const refresh = useRefreshGoods();
  const [id] = useState(() => uuid7());
  const [carrier, setCarrier] = useState("");
  const [number, setNumber] = useState("");
  const [expected, setExpected] = useState<Dayjs | null>(null);
  const attach = useAttachWaybill({
    mutation: {
      onSuccess: (bill) => {
        void message.success(t("waybill.done", { number: bill.tracking_number }));
        refresh();
        onClose();
      },
    },
  });
  const isBad = (text: string) => text !== "" && !SHAPE.test(text);
  const isReady = SHAPE.test(carrier) && SHAPE.test(number);
  const save = () =>
    attach.mutate({
      shipmentId: shipment.id,
      data: { id, carrier, tracking_number: number, expected_at: expected?.toISOString() ?? null },
    });
  return (
    <Modal
      open
      title={t("waybill.title", { number: shipment.number })}
      okText={t("waybill.save")}
      cancelText={t("common:action.back")}
      okButtonProps={{ disabled: !isReady }}
      confirmLoading={attach.isPending}
      onOk={save}
      onCancel={onClose}
    >
      <div className="stack">
        <div className="field">
          <span>{t("waybill.carrier")}</span>
          <AutoComplete
            aria-label={t("waybill.carrier")}
            value={carrier}
            options={CARRIERS.map((value) => ({
              value,
              label: `${t(`waybill.carriers.${value}`)} (${value})`,
            }))}
            showSearch={{
              filterOption: (text, option) =>
                String(option?.label ?? "")
                  .toLowerCase()
                  .includes(text.toLowerCase()),
            }}
            status={isBad(carrier) ? "error" : undefined}
            onChange={(next: string) => setCarrier(next.trim())}
          />
          {isBad(carrier) && <span className="field-error">{t("waybill.letters")}</span>}
        </div>
        <label className="field">
          <span>{t("waybill.number")}</span>
          <Input
            value={number}
            maxLength={60}
            status={isBad(number) ? "error" : undefined}
            onChange={(event) => setNumber(event.target.value.trim())}
          />
          {isBad(number) && <span className="field-error">{t("waybill.letters")}</span>}
        </label>
        <label className="field">
          <span>{t("waybill.expected")}</span>
          <DatePicker
            showTime={{ format: "HH:mm" }}
            value={expected}
            onChange={(next) => setExpected(next)}
          />
        </label>
        <Refusal of={attach.error} />
      </div>
    </Modal>
  );
}
