import { App, Button, Input } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ComplaintOut, OrderOut } from "@/gen/model";
import { useAnswerComplaint, useListComplaints } from "@/gen/orders/orders";
import { Attachments } from "@/ui/attachments";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { StateTag, type Tone } from "@/ui/state-tag";
import { useFormat } from "@/ui/use-format";
import { useRefreshOrders } from "./refresh";

const TONES: Record<ComplaintOut["state"], Tone> = { OPEN: "wait", ANSWERED: "note", CLOSED: "good" };

function Answer({ of: complaint }: { of: ComplaintOut }) {
  const { t } = useTranslation("orders");
  const { message } = App.useApp();
  const refresh = useRefreshOrders();
  const [text, setText] = useState("");
  const answer = useAnswerComplaint({
    mutation: {
      onSuccess: () => {
        void message.success(t("complaint.answered", { number: complaint.number }));
        refresh();
      },
    },
  });
  const said = text.trim();
  return (
    <div className="stack">
      <label className="field">
        <span>{t("complaint.answer")}</span>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={500}
          value={text}
          placeholder={t("complaint.answer_hint")}
          onChange={(event) => setText(event.target.value)}
        />
      </label>
      <Refusal of={answer.error} />
      <div>
        <Button
          type="primary"
          disabled={said === ""}
          loading={answer.isPending}
          onClick={() => answer.mutate({ complaintId: complaint.id, data: { answer: said } })}
        >
          {t("complaint.send")}
        </Button>
      </div>
    </div>
  );
}

function Complaint({ of: complaint, userId }: { of: ComplaintOut; userId: number }) {
  const { t } = useTranslation("orders");
  const format = useFormat();
  return (
    <Card
      title={
        <span className="title-row">
          <span>{t("complaint.title")}</span>
          <span className="figures">{complaint.number}</span>
          <StateTag tone={TONES[complaint.state]}>{t(`complaint.state.${complaint.state}`)}</StateTag>
        </span>
      }
    >
      <div className="stack">
        <div>
          <strong>{t(`complaint.kind.${complaint.kind}`)}</strong>
          <p>{complaint.text}</p>
          <p className="quiet">
            {complaint.complained_by_name || complaint.buyer_name} {format.instant(complaint.complained_at)}
          </p>
        </div>
        {complaint.answer && (
          <div>
            <strong>{t("complaint.answer")}</strong>
            <p>{complaint.answer}</p>
            <p className="quiet">
              {complaint.answered_by_name || complaint.seller_name} {format.instant(complaint.answered_at)}
            </p>
          </div>
        )}
        <Attachments subjectType="complaint" subjectId={complaint.id} mayWrite={false} userId={userId} />
        {complaint.allowed_actions.includes("answer") && <Answer of={complaint} />}
      </div>
    </Card>
  );
}

/** What the buyer complains about, with the answer or the place for it; orders without complaints are not asked about. */
export function OrderComplaints({ of: order, userId }: { of: OrderOut; userId: number }) {
  const isComplained = order.timeline.some((event) => event.type === "order.complained");
  const found = useListComplaints({ order_id: order.id, limit: 50 }, { query: { enabled: isComplained } });
  if (!isComplained) return null;
  return (
    <>
      <Refusal of={found.error} />
      {found.data?.items.map((complaint) => (
        <Complaint key={complaint.id} of={complaint} userId={userId} />
      ))}
    </>
  );
}
