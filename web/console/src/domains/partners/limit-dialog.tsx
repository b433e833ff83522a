import { shift } from "@shared/dates";
import { uuid7 } from "@shared/ids";
import { money } from "@shared/money";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Input, InputNumber, Modal } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useGrantTemporaryLimit, useSetCreditLimit } from "@/gen/credit/credit";
import type { CreditOut } from "@/gen/model";
import { FormField } from "@/ui/form-field";
import { Refusal } from "@/ui/refusal";
import { useFormat } from "@/ui/use-format";

export function useMoneyRefresh(): () => void {
  const queries = useQueryClient();
  return () =>
    void queries.invalidateQueries({
      predicate: ({ queryKey: [first] }) =>
        typeof first === "string" &&
        ["/api/v1/credit", "/api/v1/balances", "/api/v1/partners"].some((one) => first.startsWith(one)),
    });
}

interface LimitDialogProps {
  of: CreditOut;
  kind: "limit" | "temporary";
  onClose: () => void;
}

/** A lasting limit from a day on, or more for some days; what may still be ordered after it is said before. */
export function LimitDialog({ of: credit, kind, onClose }: LimitDialogProps) {
  const { t } = useTranslation(["partners", "common"]);
  const { message } = App.useApp();
  const format = useFormat();
  const refresh = useMoneyRefresh();
  const [id] = useState(() => uuid7());
  const [amount, setAmount] = useState<string | null>(kind === "limit" ? credit.limit : null);
  const [last, setLast] = useState(shift(format.today(), { days: 6 }));
  const [reason, setReason] = useState("");
  const mutation = {
    onSuccess: () => {
      void message.success(
        t(`limit.done_${kind}`, { amount: money(amount, credit.currency), day: format.day(last) }),
      );
      refresh();
      onClose();
    },
  };
  const set = useSetCreditLimit({ mutation });
  const grant = useGrantTemporaryLimit({ mutation });
  const isReady = amount !== null && amount !== "" && reason.trim() !== "";
  const go = () => {
    const common = {
      id,
      buyer_id: credit.buyer_id,
      seller_id: credit.seller_id,
      currency: credit.currency,
      amount: amount ?? "0",
      reason: reason.trim(),
    };
    if (kind === "limit") set.mutate({ data: common });
    else grant.mutate({ data: { ...common, valid_to: shift(last, { days: 1 }) } });
  };
  return (
    <Modal
      open
      title={t(`limit.title_${kind}`)}
      onCancel={onClose}
      footer={[
        <Button key="back" onClick={onClose}>
          {t("common:action.back")}
        </Button>,
        <Button
          key="go"
          type="primary"
          disabled={!isReady}
          loading={set.isPending || grant.isPending}
          onClick={go}
        >
          {t(`limit.confirm_${kind}`)}
        </Button>,
      ]}
    >
      <div className="stack">
        <p className="quiet figures">
          {t("limit.now", {
            limit: money(credit.limit, credit.currency),
            available: money(credit.available, credit.currency),
          })}
        </p>
        <FormField label={t(`limit.amount_${kind}`)} hint={t(`limit.hint_${kind}`)}>
          <InputNumber
            stringMode
            min="0"
            precision={2}
            suffix={credit.currency}
            className="wide-input"
            value={amount}
            onChange={(value) => setAmount(value === null ? null : String(value))}
          />
        </FormField>
        {kind === "temporary" && (
          <FormField label={t("limit.last_day")}>
            <DatePicker
              allowClear={false}
              value={dayjs(last)}
              minDate={dayjs(format.today())}
              onChange={(day) => setLast(day?.format("YYYY-MM-DD") ?? last)}
            />
          </FormField>
        )}
        <FormField label={t("common:reason.label")}>
          <Input.TextArea
            autoSize={{ minRows: 2 }}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </FormField>
        <Refusal of={set.error ?? grant.error} />
      </div>
    </Modal>
  );
}
