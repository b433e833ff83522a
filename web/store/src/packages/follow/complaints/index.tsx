import { useRouter } from "@tarojs/taro";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NewComplaint } from "@/domains/orders/new-complaint";
import { type Reader, useReader } from "@/domains/orders/reader";
import { useRefresh } from "@/domains/orders/refresh";
import type { Side } from "@/domains/orders/say";
import type { ComplaintOut, ListComplaintsParams } from "@/gen/model";
import {
  getListComplaintsQueryKey,
  listComplaints,
  useAnswerComplaint,
  useCloseComplaint,
} from "@/gen/orders/orders";
import { open } from "@/navigation";
import { Action } from "@/ui/action";
import { Attached } from "@/ui/attached";
import { Card, Facts } from "@/ui/card";
import { Chips } from "@/ui/chips";
import { More } from "@/ui/more";
import { Page } from "@/ui/page";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { Sheet } from "@/ui/sheet";
import { Answered, Empty, Skeleton } from "@/ui/states";
import { TextArea } from "@/ui/text-area";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { useReasons } from "@/ui/use-reasons";

/** The seller's answer, while it is awaited. */
function Answer({ of: complaint }: { of: ComplaintOut }) {
  const { t } = useTranslation("store-follow");
  const refresh = useRefresh();
  const [text, setText] = useState("");
  const answer = useAnswerComplaint({
    mutation: {
      onSuccess: () => {
        say(t("done.answered"));
        refresh();
      },
    },
  });
  const { reasonOf, rest } = useReasons(answer.error, { answer: text });
  return (
    <>
      <TextArea
        label={t("complain.answer")}
        hint={t("complain.answer_hint")}
        value={text}
        most={500}
        problem={reasonOf("answer")}
        onChange={setText}
      />
      {rest && <Refused error={rest} />}
      <Action
        isWide
        isBusy={answer.isPending}
        isDisabled={text.trim() === ""}
        onClick={() => answer.mutate({ complaintId: complaint.id, data: { answer: text.trim() } })}
      >
        {t("complain.answer_go")}
      </Action>
    </>
  );
}

function Close({ of: complaint }: { of: ComplaintOut }) {
  const { t } = useTranslation("store-follow");
  const refresh = useRefresh();
  const close = useCloseComplaint({
    mutation: {
      onSuccess: () => {
        say(t("done.closed"));
        refresh();
      },
    },
  });
  return (
    <>
      {close.error && <Refused error={close.error} />}
      <Action
        kind="plain"
        isWide
        isBusy={close.isPending}
        onClick={() => close.mutate({ complaintId: complaint.id })}
      >
        {t("complain.close")}
      </Action>
    </>
  );
}

function Complaint({ of: complaint, side, isAlone }: { of: ComplaintOut; side: Side; isAlone: boolean }) {
  const { t } = useTranslation("store-follow");
  const format = useFormat();
  const by = (who: string, at: string | null) => t("complain.by", { who, at: format.spoken(at) });
  return (
    <Card
      title={t(`complain.kinds.${complaint.kind}`)}
      aside={
        <span className="soft">
          {t(
            side === "mine"
              ? `complain.state.${complaint.state}`
              : `complain.state_theirs.${complaint.state}`,
          )}
        </span>
      }
    >
      <p className="order-line-name">{complaint.text}</p>
      <p className="soft">
        {by(complaint.complained_by_name || complaint.buyer_name, complaint.complained_at)}
      </p>
      <Attached subjectType="complaint" subjectId={complaint.id} />
      <Facts of={[[complaint.number, side === "mine" ? complaint.seller_name : complaint.buyer_name]]} />
      {complaint.answer && (
        <>
          <p className="card-title">{t("complain.answer")}</p>
          <p className="order-line-name">{complaint.answer}</p>
          <p className="soft">
            {by(complaint.answered_by_name || complaint.seller_name, complaint.answered_at)}
          </p>
        </>
      )}
      {!isAlone && (
        <Action kind="quiet" onClick={() => void open("order", { id: complaint.order_id })}>
          {t("returns.order", { number: complaint.order_number })}
        </Action>
      )}
      {complaint.allowed_actions.includes("answer") && <Answer of={complaint} />}
      {complaint.allowed_actions.includes("close") && <Close of={complaint} />}
    </Card>
  );
}

function Complaints({ reader, side, orderId }: { reader: Reader; side: Side; orderId?: string }) {
  const { t } = useTranslation("store-follow");
  const own = reader.organizationId;
  const whose = side === "mine" ? { buyer_id: own } : { seller_id: own };
  const wanted: ListComplaintsParams = { limit: 20, ...(orderId ? { order_id: orderId } : whose) };
  const pages = usePages(getListComplaintsQueryKey(wanted), (cursor, signal) =>
    listComplaints({ ...wanted, cursor }, signal),
  );
  return (
    <Answered of={pages}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty icon="chat" text={t(side === "mine" && !orderId ? "complain.none_mine" : "complain.none")} />
        ) : (
          <>
            {rows.map((one) => (
              <Complaint
                key={one.id}
                of={one}
                side={one.buyer_id === own ? "mine" : "theirs"}
                isAlone={orderId !== undefined}
              />
            ))}
            <More of={pages} />
          </>
        )
      }
    </Answered>
  );
}

/** What I complained about and, for a distributor, what its customers did; of one order when it is named. */
export default function ComplaintsPage() {
  const { t } = useTranslation("store-follow");
  const { order, side: asked } = useRouter().params;
  const reader = useReader();
  const [side, setSide] = useState<Side>(asked === "theirs" ? "theirs" : "mine");
  const [isNew, setIsNew] = useState(false);
  const mayComplain = Boolean(order && asked !== "theirs" && reader?.mayComplain);
  return (
    <Page
      title={t("complain.title")}
      footer={
        mayComplain && (
          <Action isWide onClick={() => setIsNew(true)}>
            {t("complain.new")}
          </Action>
        )
      }
    >
      {!reader && <Skeleton />}
      {reader?.isSeller && !order && (
        <Chips
          isWrapped
          label={t("side.label")}
          value={side}
          options={(["mine", "theirs"] as const).map((value) => ({ value, label: t(`side.${value}`) }))}
          onChange={setSide}
        />
      )}
      {reader && <Complaints key={side} reader={reader} side={side} orderId={order} />}
      <Sheet title={t("complain.new")} isOpen={isNew} onClose={() => setIsNew(false)}>
        {order && reader && (
          <NewComplaint orderId={order} mayAttach={reader.mayAttach} onDone={() => setIsNew(false)} />
        )}
      </Sheet>
    </Page>
  );
}
