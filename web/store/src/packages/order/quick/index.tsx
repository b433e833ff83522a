import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ListRowCard } from "@/domains/cart/list-row-card";
import { isSettled, type ListRow, linesOfRows, openFirst, rowsOf } from "@/domains/cart/list-rows";
import { CART_KEY, useCart, useMayOrder } from "@/domains/cart/use-cart";
import { addCartLines } from "@/gen/carts/carts";
import type { QuickEntryIn } from "@/gen/model";
import { readOrderList } from "@/gen/shop/shop";
import { toTab } from "@/navigation";
import { chooseWorkbook, sendWorkbook } from "@/platform/workbook";
import { useSession } from "@/session";
import { Action } from "@/ui/action";
import { Card } from "@/ui/card";
import { Page } from "@/ui/page";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { Empty } from "@/ui/states";
import { TextArea } from "@/ui/text-area";
import "./index.scss";

/** An order from a list: pasted, or a workbook; read first, then put into the cart. */
export default function QuickPage() {
  const { t } = useTranslation("store-cart");
  const session = useSession();
  const mayOrder = useMayOrder();
  const [text, setText] = useState("");
  const [rows, setRows] = useState<ListRow[] | null>(null);
  const reading = useMutation({
    mutationFn: (list: QuickEntryIn) => readOrderList(list),
    onSuccess: (answer) => setRows(openFirst(rowsOf(answer.rows))),
  });
  const filing = useMutation({
    mutationFn: async () => {
      const file = await chooseWorkbook();
      if (!file) return null;
      const stored = await sendWorkbook(file);
      return readOrderList({ file_id: stored.id });
    },
    onSuccess: (answer) => answer && setRows(openFirst(rowsOf(answer.rows))),
  });
  if (session && !mayOrder)
    return (
      <Page title={t("list.title")}>
        <Empty icon="lock" text={t("forbidden")} />
      </Page>
    );
  if (rows) return <Read rows={rows} onRows={setRows} />;
  const error = reading.error ?? filing.error;
  const footer = (
    <Action
      isWide
      isBusy={reading.isPending}
      isDisabled={text.trim() === ""}
      onClick={() => reading.mutate({ text })}
    >
      {t("list.read")}
    </Action>
  );
  return (
    <Page title={t("list.title")} footer={footer}>
      <Card>
        <TextArea
          label={t("list.text")}
          hint={t("list.example")}
          value={text}
          most={200_000}
          onChange={setText}
        />
        <p className="soft">{t("list.how")}</p>
      </Card>
      <Card title={t("list.file")}>
        <p className="soft">{t("list.file_how")}</p>
        <div className="list-file">
          <Action kind="plain" isBusy={filing.isPending} onClick={() => filing.mutate()}>
            {t("list.choose_file")}
          </Action>
        </div>
      </Card>
      {error && <Refused error={error} />}
    </Page>
  );
}

function Read({ rows, onRows }: { rows: ListRow[]; onRows: (rows: ListRow[] | null) => void }) {
  const { t } = useTranslation("store-cart");
  const queries = useQueryClient();
  const cart = useCart();
  const ready = rows.filter(isSettled);
  const open = rows.length - ready.length;
  const adding = useMutation({
    mutationFn: () => addCartLines(cart.data?.id ?? "", { lines: linesOfRows(rows) }),
    onSuccess: (next) => {
      queries.setQueryData(CART_KEY, next);
      const left = rows.filter((row) => !isSettled(row));
      say(t("list.added", { count: ready.length }));
      if (left.length === 0) void toTab("cart");
      else onRows(left);
    },
  });
  const footer = (
    <div className="two-actions">
      <Action kind="plain" onClick={() => onRows(null)}>
        {t("list.back")}
      </Action>
      <Action
        isBusy={adding.isPending}
        isDisabled={ready.length === 0 || !cart.data}
        onClick={() => adding.mutate()}
      >
        {t("list.add", { count: ready.length })}
      </Action>
    </div>
  );
  return (
    <Page title={t("list.title")} footer={footer}>
      <p className="list-sum" role="status">
        {t("list.ready", { count: ready.length })}
        {open > 0 && ` ${t("list.open", { count: open })}`}
      </p>
      {adding.error && <Refused error={adding.error} />}
      <ul>
        {rows.map((row) => (
          <ListRowCard
            key={row.no}
            of={row}
            onChange={(next) => onRows(rows.map((one) => (one.no === next.no ? next : one)))}
            onDrop={() => onRows(rows.length > 1 ? rows.filter((one) => one.no !== row.no) : null)}
          />
        ))}
      </ul>
    </Page>
  );
}
