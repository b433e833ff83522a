import { App, Button, Input, Modal, Select } from "antd";
import type { TFunction } from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useTrackByHand } from "@/gen/logistics/logistics";
import type { TrackingState, WaybillOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { StateTag, type Tone } from "@/ui/state-tag";
import { type Happening, Timeline } from "@/ui/timeline";
import { useFormat } from "@/ui/use-format";
import { useRefreshGoods } from "./refresh";

const STATES = [
  "CREATED",
  "ACCEPTED",
  "IN_TRANSIT",
  "OUT_FOR_DELIVERY",
  "DELIVERED",
  "EXCEPTION",
  "RETURNED",
] as const satisfies readonly TrackingState[];
const TONES: Record<TrackingState, Tone> = {
  CREATED: "idle",
  ACCEPTED: "note",
  IN_TRANSIT: "note",
  OUT_FOR_DELIVERY: "note",
  DELIVERED: "good",
  EXCEPTION: "bad",
  RETURNED: "bad",
};
const stateOf = (word: string): TrackingState | undefined => STATES.find((one) => one === word);

/** A carrier's state in our words. */
export function trackingWord(t: TFunction<"fulfilment">, state: string): string {
  const known = stateOf(state);
  return known ? t(`tracking.state.${known}`) : state;
}

interface Told {
  at: string;
  state: string;
  text: string;
  place: string;
}

function TrackDialog({ of: bill, onClose }: { of: WaybillOut; onClose: () => void }) {
  const { t } = useTranslation(["fulfilment", "common"]);
  const { message } = App.useApp();
  const refresh = useRefreshGoods();
  const [state, setState] = useState<TrackingState>("IN_TRANSIT");
  const [text, setText] = useState("");
  const [place, setPlace] = useState("");
  const track = useTrackByHand({
    mutation: {
      onSuccess: () => {
        void message.success(t("tracking.told", { number: bill.tracking_number }));
        refresh();
        onClose();
      },
    },
  });
  const save = () =>
    track.mutate({ waybillId: bill.id, data: { at: new Date().toISOString(), state, text, place } });
  return (
    <Modal
      open
      title={t("tracking.tell_title", { number: bill.tracking_number })}
      okText={t("tracking.save")}
      cancelText={t("common:action.back")}
      confirmLoading={track.isPending}
      onOk={save}
      onCancel={onClose}
    >
      <div className="stack">
        <label className="field">
          <span>{t("tracking.where")}</span>
          <Select
            value={state}
            options={STATES.map((value) => ({ value, label: t(`tracking.state.${value}`) }))}
            onChange={(next: TrackingState) => setState(next)}
          />
        </label>
        <label className="field">
          <span>{t("tracking.place")}</span>
          <Input value={place} maxLength={200} onChange={(event) => setPlace(event.target.value)} />
        </label>
        <label className="field">
          <span>{t("tracking.text")}</span>
          <Input value={text} maxLength={500} onChange={(event) => setText(event.target.value)} />
        </label>
        <Refusal of={track.error} />
      </div>
    </Modal>
  );
}

function Bill({ of: bill, mayWrite }: { of: WaybillOut; mayWrite: boolean }) {
  const { t } = useTranslation("fulfilment");
  const format = useFormat();
  const [isTelling, setIsTelling] = useState(false);
  const known = stateOf(bill.state);
  const items: Happening[] = (bill.events as unknown as Told[])
    .map((told, index) => ({
      key: index,
      tone: TONES[stateOf(told.state) ?? "IN_TRANSIT"],
      title: told.text || trackingWord(t, told.state),
      when: format.instant(told.at),
      who: told.place,
    }))
    .reverse();
  return (
    <Card
      title={
        <span className="title-row">
          <span>{bill.carrier}</span>
          <span className="figures">{bill.tracking_number}</span>
          <StateTag tone={TONES[known ?? "CREATED"]}>{trackingWord(t, bill.state)}</StateTag>
        </span>
      }
      extra={mayWrite && <Button onClick={() => setIsTelling(true)}>{t("tracking.tell")}</Button>}
    >
      <div className="stack">
        {bill.expected_at && (
          <p className="quiet">{t("tracking.expected", { at: format.instant(bill.expected_at) })}</p>
        )}
        {items.length ? <Timeline items={items} /> : <p className="quiet">{t("tracking.silent")}</p>}
      </div>
      {isTelling && <TrackDialog of={bill} onClose={() => setIsTelling(false)} />}
    </Card>
  );
}

/** Where the goods are: each waybill with its story. */
export function Tracking({ of: bills, mayWrite }: { of: readonly WaybillOut[]; mayWrite: boolean }) {
  return bills.map((bill) => <Bill key={bill.id} of={bill} mayWrite={mayWrite} />);
}
