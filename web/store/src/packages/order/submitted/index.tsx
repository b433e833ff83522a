import { isZero } from "@shared/decimal";
import { money } from "@shared/money";
import { useRouter } from "@tarojs/taro";
import { useTranslation } from "react-i18next";
import { useOutbox } from "@/domains/offline/use-outbox";
import { nextOf, orderSentence } from "@/domains/orders/say";
import { useSentence } from "@/domains/orders/use-sentence";
import type { OrderOut, TwinOut } from "@/gen/model";
import { useGetOrder } from "@/gen/orders/orders";
import { open, toTab } from "@/navigation";
import { Action } from "@/ui/action";
import { Card, Facts } from "@/ui/card";
import { Page } from "@/ui/page";
import { Answered } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { Whole } from "@/ui/whole";
import { TellMe } from "./tell-me";
import "./index.scss";

/** The order stands: its number, what happens next or, opened again later, where it is; what is worth knowing about it. */
export default function SubmittedPage() {
  const { t } = useTranslation("store-cart");
  const { id = "", unsent = "0" } = useRouter().params;
  const order = useGetOrder(id, { query: { enabled: id !== "" } });
  const twin = useOutbox().find((entry) => entry.id === id)?.answer?.twin;
  const footer = (
    <div className="two-actions">
      <Action kind="plain" onClick={() => void toTab("find")}>
        {t("done.again")}
      </Action>
      <Action onClick={() => void open("order", { id })}>{t("done.open")}</Action>
    </div>
  );
  return (
    <Page title={t("done.title")} footer={footer}>
      <Answered of={order} rows={2}>
        {(found) => <Stands of={found} twin={twin} unsent={Number(unsent)} />}
      </Answered>
    </Page>
  );
}

function Stands({ of: order, twin, unsent }: { of: OrderOut; twin?: TwinOut; unsent: number }) {
  const { t } = useTranslation("store-cart");
  const format = useFormat();
  const inWords = useSentence();
  const isCancelled = order.state === "CANCELLED";
  const isOver = isCancelled || order.state === "COMPLETED";
  const short = isOver ? [] : order.lines.filter((line) => !isZero(line.backordered));
  const next = nextOf(order.state);
  return (
    <>
      <section className="done" role="status">
        <span className={isCancelled ? "done-mark done-mark-off" : "done-mark"} aria-hidden="true">
          {isCancelled ? "×" : "✓"}
        </span>
        <h2 className="done-title">
          <Whole>{t("done.sentence", { number: order.number })}</Whole>
        </h2>
        <p className="done-amount">{money(order.gross_amount, order.currency)}</p>
        <p className="done-next">
          {next
            ? t(`done.next.${next}`, { seller: order.seller_name })
            : inWords(orderSentence(order, "mine"))}
        </p>
      </section>
      {twin && (
        <section className="done-warning" role="alert">
          <p>
            <Whole>{t("done.twin", { number: twin.number, at: format.spoken(twin.submitted_at) })}</Whole>
          </p>
          <Action kind="plain" onClick={() => void open("order", { id: twin.id })}>
            {t("done.compare")}
          </Action>
        </section>
      )}
      {short.length > 0 && (
        <section className="done-warning">
          <p>
            {t("done.short", { count: short.length, names: short.map((line) => line.sku_name).join("、") })}
          </p>
        </section>
      )}
      {unsent > 0 && (
        <section className="done-warning" role="alert">
          <p>{t("done.photos", { count: unsent })}</p>
        </section>
      )}
      {!isOver && <TellMe />}
      <Card title={t("done.what")}>
        <Facts
          of={[
            [t("done.lines"), t("done.count", { count: order.line_count })],
            [t("form.wanted"), order.wanted_date ? format.day(order.wanted_date) : t("form.soonest")],
            [t("form.external"), order.external_number],
            [t("form.note"), order.buyer_note],
          ]}
        />
      </Card>
    </>
  );
}
