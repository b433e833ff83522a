import { money } from "@shared/money";
import { quantity } from "@shared/quantity";
import { useRouter } from "@tarojs/taro";
import { type PropsWithChildren, useState } from "react";
import { useTranslation } from "react-i18next";
import { type Reader, useReader } from "@/domains/orders/reader";
import { useRefresh } from "@/domains/orders/refresh";
import { baseUnitOf, type Side, unitsOf } from "@/domains/orders/say";
import type { ListReturnsParams, ReturnOut } from "@/gen/model";
import {
  getListReturnsQueryKey,
  listReturns,
  useGetReturn,
  useReceiveReturn,
  useRejectReturn,
} from "@/gen/orders/orders";
import { open } from "@/navigation";
import { Action } from "@/ui/action";
import { Asked } from "@/ui/asked";
import { Attached } from "@/ui/attached";
import { Card, Facts } from "@/ui/card";
import { Chips } from "@/ui/chips";
import { More } from "@/ui/more";
import { Page } from "@/ui/page";
import { say } from "@/ui/said";
import { Answered, Empty, Skeleton } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";

/** The seller takes the goods back, or does not and says why. */
function Decision({ of: document }: { of: ReturnOut }) {
  const { t } = useTranslation("store-follow");
  const refresh = useRefresh();
  const [asked, setAsked] = useState<"receive" | "reject" | null>(null);
  const told = (what: "return_received" | "return_rejected") => ({
    mutation: {
      onSuccess: () => {
        say(t(`done.${what}`, { number: document.number }));
        setAsked(null);
        refresh();
      },
    },
  });
  const receive = useReceiveReturn(told("return_received"));
  const reject = useRejectReturn(told("return_rejected"));
  if (document.allowed_actions.length === 0) return null;
  return (
    <>
      <div className="two-actions">
        <Action kind="plain" onClick={() => setAsked("reject")}>
          {t("returns.reject")}
        </Action>
        <Action onClick={() => setAsked("receive")}>{t("returns.receive")}</Action>
      </div>
      <Asked
        isPlain
        title={t("return.of", { number: document.number })}
        question={t("returns.receive_ask")}
        confirm={t("returns.receive")}
        isOpen={asked === "receive"}
        isBusy={receive.isPending}
        error={receive.error}
        onClose={() => setAsked(null)}
        onConfirm={() => receive.mutate({ returnId: document.id, data: {} })}
      />
      <Asked
        title={t("returns.reject")}
        question={t("ask.reject")}
        confirm={t("returns.reject")}
        isOpen={asked === "reject"}
        isBusy={reject.isPending}
        error={reject.error}
        onClose={() => setAsked(null)}
        onConfirm={(reason) => reject.mutate({ returnId: document.id, data: { reason } })}
      />
    </>
  );
}

/** The goods of a return: the list does not carry them. Beside the word that shows them stands where else one may go. */
function Goods({ of: document, children }: PropsWithChildren<{ of: ReturnOut }>) {
  const { t } = useTranslation("store-follow");
  const [isOpen, setIsOpen] = useState(false);
  const whole = useGetReturn(document.id, { query: { enabled: isOpen } });
  if (!isOpen)
    return (
      <div className="card-acts">
        <Action
          kind="quiet"
          label={`${t("returns.goods")} ${document.number}`}
          onClick={() => setIsOpen(true)}
        >
          {t("returns.goods")}
        </Action>
        {children}
      </div>
    );
  return (
    <Answered of={whole} rows={1}>
      {({ lines }) => (
        <>
          <Facts
            of={lines.map((line) => {
              const units = unitsOf(line);
              return [line.sku_name, quantity(line.returned, units, baseUnitOf(units, ""))];
            })}
          />
          <Attached subjectType="return" subjectId={document.id} />
          <div className="card-acts">{children}</div>
        </>
      )}
    </Answered>
  );
}

function Return({ of: document, side, seesPrices }: { of: ReturnOut; side: Side; seesPrices: boolean }) {
  const { t } = useTranslation("store-follow");
  const format = useFormat();
  const { order_id: orderId } = document;
  return (
    <Card
      title={t(side === "mine" ? `return.state.${document.state}` : `return.state_theirs.${document.state}`)}
      aside={
        seesPrices && <span className="card-amount">{money(document.gross_amount, document.currency)}</span>
      }
    >
      <Facts
        of={[
          [t("return.reason"), document.reason],
          [
            side === "mine" ? t("order.seller") : t("order.buyer"),
            side === "mine" ? document.seller_name : document.buyer_name,
          ],
          [t("returns.at"), format.spoken(document.requested_at)],
          [t("returns.number"), document.number],
        ]}
      />
      <Goods of={document}>
        {orderId && (
          <Action kind="quiet" onClick={() => void open("order", { id: orderId })}>
            {t("returns.order", { number: document.order_number })}
          </Action>
        )}
      </Goods>
      <Decision of={document} />
    </Card>
  );
}

function Returns({ reader, side }: { reader: Reader; side: Side }) {
  const { t } = useTranslation("store-follow");
  const own = reader.organizationId;
  const wanted: ListReturnsParams = {
    limit: 20,
    ...(side === "mine" ? { buyer_id: own } : { seller_id: own }),
  };
  const pages = usePages(getListReturnsQueryKey(wanted), (cursor, signal) =>
    listReturns({ ...wanted, cursor }, signal),
  );
  return (
    <Answered of={pages}>
      {(rows) =>
        rows.length === 0 ? (
          <Empty icon="undo" text={t(side === "mine" ? "returns.none_mine" : "returns.none")} />
        ) : (
          <>
            {rows.map((one) => (
              <Return key={one.id} of={one} side={side} seesPrices={reader.seesPrices} />
            ))}
            <More of={pages} />
          </>
        )
      }
    </Answered>
  );
}

export default function ReturnsPage() {
  const { t } = useTranslation("store-follow");
  const reader = useReader();
  const [side, setSide] = useState<Side>(useRouter().params.side === "theirs" ? "theirs" : "mine");
  return (
    <Page title={t("returns.title")}>
      {!reader && <Skeleton />}
      {reader?.isSeller && (
        <Chips
          isWrapped
          label={t("side.label")}
          value={side}
          options={(["mine", "theirs"] as const).map((value) => ({ value, label: t(`side.${value}`) }))}
          onChange={setSide}
        />
      )}
      {reader && <Returns key={side} reader={reader} side={side} />}
    </Page>
  );
}
