import { DatePicker, Input, Segmented, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";
import type { ShortageMode } from "@/gen/model";
import { useListAddresses } from "@/gen/partners/partners";
import { CustomFieldsForm } from "@/ui/custom-fields";
import { FormField } from "@/ui/form-field";
import { useFormat } from "@/ui/use-format";
import type { OrderDraft } from "./order-draft";

interface OrderFormProps {
  buyerId: number;
  draft: OrderDraft;
  onChange: (draft: OrderDraft) => void;
  problem: unknown;
  mayReadPartners: boolean;
}

/** Where the goods go: a kept address fills the fields, and each can still be changed for this order. */
function Address({ buyerId, draft, onChange, mayReadPartners }: Omit<OrderFormProps, "problem">) {
  const { t } = useTranslation("carts");
  const kept = useListAddresses(buyerId, { query: { enabled: mayReadPartners, staleTime: 300_000 } });
  const change = (part: Partial<OrderDraft["address"]>) =>
    onChange({ ...draft, address: { ...draft.address, ...part } });
  const options = (kept.data ?? []).map((one) => ({
    value: one.id,
    label: [one.label, `${one.province}${one.city}${one.district}${one.street}`, one.contact_name]
      .filter(Boolean)
      .join(" · "),
  }));
  return (
    <>
      {options.length > 0 && (
        <FormField label={t("order.kept_address")}>
          <Select<number>
            allowClear
            placeholder={t("order.choose_address")}
            options={options}
            onChange={(id?: number) => {
              const one = kept.data?.find((address) => address.id === id);
              change({
                contact_name: one?.contact_name ?? "",
                contact_phone: one?.contact_phone ?? "",
                street: one ? `${one.province}${one.city}${one.district}${one.street}` : "",
              });
            }}
          />
        </FormField>
      )}
      <FormField label={t("order.street")} hint={t("order.street_hint")}>
        <Input
          maxLength={200}
          value={draft.address.street}
          onChange={(event) => change({ street: event.target.value })}
        />
      </FormField>
      <div className="order-pair">
        <FormField label={t("order.contact")}>
          <Input
            maxLength={60}
            value={draft.address.contact_name}
            onChange={(event) => change({ contact_name: event.target.value })}
          />
        </FormField>
        <FormField label={t("order.phone")}>
          <Input
            maxLength={40}
            inputMode="tel"
            value={draft.address.contact_phone}
            onChange={(event) => change({ contact_phone: event.target.value })}
          />
        </FormField>
      </div>
    </>
  );
}

/** Everything of an order that is not goods. */
export function OrderForm(props: OrderFormProps) {
  const { draft, onChange, problem } = props;
  const { t } = useTranslation("carts");
  const format = useFormat();
  const modes: { value: ShortageMode; label: string }[] = [
    { value: "REFUSE", label: t("order.refuse") },
    { value: "BACKORDER", label: t("order.backorder") },
  ];
  return (
    <div className="stack">
      <div className="order-pair">
        <FormField label={t("order.wanted")}>
          <DatePicker
            value={draft.wanted ? dayjs(draft.wanted) : null}
            minDate={dayjs(format.today())}
            onChange={(day) => onChange({ ...draft, wanted: day?.format("YYYY-MM-DD") ?? null })}
          />
        </FormField>
        <FormField label={t("order.external")}>
          <Input
            maxLength={200}
            value={draft.external}
            onChange={(event) => onChange({ ...draft, external: event.target.value })}
          />
        </FormField>
      </div>
      <div className="field">
        <span>{t("order.shortage")}</span>
        <Segmented<ShortageMode>
          block
          aria-label={t("order.shortage")}
          value={draft.shortage}
          options={modes}
          onChange={(shortage) => onChange({ ...draft, shortage })}
        />
      </div>
      <Address {...props} />
      <FormField label={t("order.note")}>
        <Input.TextArea
          autoSize={{ minRows: 2, maxRows: 6 }}
          maxLength={1000}
          value={draft.note}
          onChange={(event) => onChange({ ...draft, note: event.target.value })}
        />
      </FormField>
      <CustomFieldsForm
        entity="order"
        values={draft.custom}
        problem={problem}
        onChange={(custom) => onChange({ ...draft, custom })}
      />
    </div>
  );
}
