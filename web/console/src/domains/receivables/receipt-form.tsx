import { add, compare } from "@shared/decimal";
import { uuid7 } from "@shared/ids";
import { money } from "@shared/money";
import { useQueryClient } from "@tanstack/react-query";
import { App, DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Method } from "@/gen/model";
import { useListBalances, useRecordReceipt } from "@/gen/money/money";
import { FormDrawer } from "@/ui/form-drawer";
import { FormField, fieldProblem } from "@/ui/form-field";
import { Pairs } from "@/ui/pairs";
import { PartnerField } from "@/ui/partner-field";
import { useFormat } from "@/ui/use-format";
import { METHODS } from "./methods";

const CURRENCY = "CNY";
const isPositive = (amount: string): boolean => compare(amount, "0") > 0;

/** Everything that money moves on other screens. */
export function useMoneyChanged(): () => void {
  const queries = useQueryClient();
  return () =>
    void queries.invalidateQueries({
      predicate: ({ queryKey: [first] }) =>
        typeof first === "string" &&
        ["/api/v1/receipts", "/api/v1/balances", "/api/v1/statements", "/api/v1/credit", "/api/v1/desk"].some(
          (path) => first.startsWith(path),
        ),
    });
}

function Effect({ buyerId, sellerId, amount }: { buyerId: number; sellerId: number; amount: string }) {
  const { t } = useTranslation("money");
  const { data } = useListBalances({ buyer_id: buyerId, seller_id: sellerId });
  const account = data?.items.find((one) => one.currency === CURRENCY);
  if (!data) return null;
  if (!account) return <p className="quiet">{t("receipt.first")}</p>;
  return (
    <Pairs
      of={[
        [t("receipt.before"), money(account.balance, CURRENCY)],
        [t("receipt.after"), money(add(account.balance, amount), CURRENCY)],
        [t("receipt.available_after"), money(add(account.available, amount), CURRENCY)],
      ]}
    />
  );
}

interface ReceiptFormProps {
  sellerId: number;
  buyerId?: number;
  onClose: () => void;
}

/** Money that came in: from whom, how much, how and when; what the balance becomes is shown before it is booked. */
export function ReceiptForm({ sellerId, buyerId, onClose }: ReceiptFormProps) {
  const { t } = useTranslation("money");
  const { message } = App.useApp();
  const format = useFormat();
  const changed = useMoneyChanged();
  const [id] = useState(() => uuid7());
  const [buyer, setBuyer] = useState(buyerId);
  const [amount, setAmount] = useState<string | null>(null);
  const [method, setMethod] = useState<Method>("BANK");
  const [reference, setReference] = useState("");
  const [day, setDay] = useState(format.today());
  const [note, setNote] = useState("");
  const record = useRecordReceipt({
    mutation: {
      onSuccess: (receipt) => {
        void message.success(
          t("receipt.done", { number: receipt.number, amount: money(receipt.amount, receipt.currency) }),
        );
        changed();
        onClose();
      },
    },
  });
  const isReady = buyer !== undefined && amount !== null && isPositive(amount);
  return (
    <FormDrawer
      title={t("receipt.new")}
      confirm={t("receipt.book")}
      size={520}
      isReady={isReady}
      isBusy={record.isPending}
      isDirty={amount !== null || reference !== "" || note !== ""}
      problem={record.error}
      onClose={onClose}
      onSubmit={() =>
        buyer !== undefined &&
        amount !== null &&
        record.mutate({
          data: {
            id,
            buyer_id: buyer,
            amount,
            currency: CURRENCY,
            method,
            reference: reference.trim(),
            value_date: day,
            note: note.trim(),
          },
        })
      }
    >
      <FormField label={t("field.buyer")} problem={fieldProblem(record.error, "buyer_id")}>
        <PartnerField label={t("field.buyer")} value={buyer} onChange={setBuyer} />
      </FormField>
      <FormField label={t("receipt.amount")} problem={fieldProblem(record.error, "amount")}>
        <InputNumber<string>
          stringMode
          min="0.01"
          precision={2}
          prefix="¥"
          className="field-full"
          value={amount}
          onChange={setAmount}
        />
      </FormField>
      {buyer !== undefined && amount !== null && isPositive(amount) && (
        <Effect buyerId={buyer} sellerId={sellerId} amount={amount} />
      )}
      <FormField label={t("receipt.method")}>
        <Select<Method>
          value={method}
          options={METHODS.map((one) => ({ value: one, label: t(`method.${one}`) }))}
          onChange={setMethod}
        />
      </FormField>
      <FormField
        label={t("receipt.reference")}
        hint={t("receipt.reference_hint")}
        problem={fieldProblem(record.error, "reference")}
      >
        <Input maxLength={200} value={reference} onChange={(event) => setReference(event.target.value)} />
      </FormField>
      <FormField label={t("receipt.value_date")} problem={fieldProblem(record.error, "value_date")}>
        <DatePicker
          allowClear={false}
          value={dayjs(day)}
          disabledDate={(one) => one.isAfter(dayjs(format.today()), "day")}
          onChange={(one) => one && setDay(one.format("YYYY-MM-DD"))}
        />
      </FormField>
      <FormField label={t("receipt.note")}>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 4 }}
          maxLength={200}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
      </FormField>
    </FormDrawer>
  );
}
