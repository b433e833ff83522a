import { shift } from "@shared/dates";
import { uuid7 } from "@shared/ids";
import { App, Button, DatePicker, Input, Modal, Select } from "antd";
import dayjs from "dayjs";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useListCategories } from "@/gen/catalog/catalog";
import type { ContractOut, PartnerPageOut } from "@/gen/model";
import { useAddContract, useEndContract, useListRegions } from "@/gen/partners/partners";
import { FormDrawer } from "@/ui/form-drawer";
import { FormField, fieldProblem } from "@/ui/form-field";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { StateTag } from "@/ui/state-tag";
import { useFormat } from "@/ui/use-format";
import { usePartnerRefresh } from "../refresh";

interface ContractsTabProps {
  of: PartnerPageOut;
  /** Chooses who sells; composed by the route. */
  sellerField: (value: number | null, onPick: (id: number | null) => void) => ReactNode;
}

function AddContract({ of: partner, sellerField, onClose }: ContractsTabProps & { onClose: () => void }) {
  const { t } = useTranslation("partners");
  const { message } = App.useApp();
  const format = useFormat();
  const refresh = usePartnerRefresh();
  const categories = useListCategories();
  const provinces = useListRegions({});
  const [id] = useState(() => uuid7());
  const [number, setNumber] = useState("");
  const [sellerId, setSellerId] = useState<number | null>(partner.default_seller_id ?? partner.parent_id);
  const [from, setFrom] = useState(format.today());
  const [last, setLast] = useState("");
  const [categoryIds, setCategoryIds] = useState<number[]>([]);
  const [regions, setRegions] = useState<string[]>([]);
  const add = useAddContract({
    mutation: {
      onSuccess: (contract) => {
        void message.success(t("contract.added", { number: contract.number }));
        refresh();
        onClose();
      },
    },
  });
  return (
    <FormDrawer
      title={t("contract.add")}
      confirm={t("contract.add")}
      isReady={number.trim() !== "" && sellerId !== null && from !== ""}
      isBusy={add.isPending}
      isDirty={number !== ""}
      problem={add.error}
      size={560}
      onClose={onClose}
      onSubmit={() =>
        add.mutate({
          partnerId: partner.id,
          data: {
            id,
            number,
            seller_id: sellerId ?? 0,
            valid_from: from,
            valid_to: last ? shift(last, { days: 1 }) : null,
            category_ids: categoryIds,
            region_codes: regions,
          },
        })
      }
    >
      <FormField label={t("contract.number")} problem={fieldProblem(add.error, "number")}>
        <Input value={number} maxLength={40} onChange={(event) => setNumber(event.target.value)} />
      </FormField>
      <div className="field">
        <span>{t("contract.seller")}</span>
        {sellerField(sellerId, setSellerId)}
      </div>
      <div className="fields">
        <FormField label={t("contract.from")}>
          <DatePicker
            value={from ? dayjs(from) : null}
            onChange={(day) => setFrom(day?.format("YYYY-MM-DD") ?? "")}
          />
        </FormField>
        <FormField label={t("contract.last_day")} hint={t("contract.open_hint")}>
          <DatePicker
            value={last ? dayjs(last) : null}
            minDate={from ? dayjs(from) : undefined}
            onChange={(day) => setLast(day?.format("YYYY-MM-DD") ?? "")}
          />
        </FormField>
      </div>
      <FormField label={t("contract.lines")} hint={t("contract.lines_hint")}>
        <Select
          mode="multiple"
          value={categoryIds}
          onChange={setCategoryIds}
          showSearch={{ optionFilterProp: "label" }}
          options={(categories.data ?? []).map(({ id: value, path, name }) => ({
            value,
            label: path || name,
          }))}
        />
      </FormField>
      <FormField label={t("contract.regions")} hint={t("contract.regions_hint")}>
        <Select
          mode="multiple"
          value={regions}
          onChange={setRegions}
          showSearch={{ optionFilterProp: "label" }}
          options={(provinces.data ?? []).map(({ code, name }) => ({ value: code, label: name }))}
        />
      </FormField>
    </FormDrawer>
  );
}

function EndContract({
  of: contract,
  partnerId,
  onClose,
}: {
  of: ContractOut;
  partnerId: number;
  onClose: () => void;
}) {
  const { t } = useTranslation(["partners", "common"]);
  const { message } = App.useApp();
  const format = useFormat();
  const refresh = usePartnerRefresh();
  const [endsOn, setEndsOn] = useState(shift(format.today(), { days: 1 }));
  const [reason, setReason] = useState("");
  const end = useEndContract({
    mutation: {
      onSuccess: (ended) => {
        void message.success(t("contract.ended", { number: ended.number, day: format.day(endsOn) }));
        refresh();
        onClose();
      },
    },
  });
  return (
    <Modal
      open
      title={t("contract.end_title", { number: contract.number })}
      okText={t("contract.end")}
      cancelText={t("common:action.back")}
      okButtonProps={{ danger: true, disabled: reason.trim() === "", loading: end.isPending }}
      onOk={() =>
        end.mutate({ partnerId, contractId: contract.id, data: { ends_on: endsOn, reason: reason.trim() } })
      }
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t("contract.end_text")}</p>
        <FormField label={t("contract.first_day_without")}>
          <DatePicker
            allowClear={false}
            value={dayjs(endsOn)}
            minDate={dayjs(contract.valid_from).add(1, "day")}
            maxDate={contract.valid_to ? dayjs(contract.valid_to) : undefined}
            onChange={(day) => setEndsOn(day?.format("YYYY-MM-DD") ?? endsOn)}
          />
        </FormField>
        <FormField label={t("common:reason.label")}>
          <Input.TextArea
            autoSize={{ minRows: 2 }}
            maxLength={500}
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
        </FormField>
        <Refusal of={end.error} />
      </div>
    </Modal>
  );
}

function ContractState({ of: contract }: { of: ContractOut }) {
  const { t } = useTranslation("partners");
  const today = useFormat().today();
  if (contract.valid_from > today) return <StateTag tone="note">{t("contract.coming")}</StateTag>;
  if (contract.valid_to && contract.valid_to <= today)
    return <StateTag tone="idle">{t("contract.over")}</StateTag>;
  if (contract.valid_to && contract.valid_to <= shift(today, { days: 60 }))
    return <StateTag tone="wait">{t("contract.ending")}</StateTag>;
  return <StateTag tone="good">{t("contract.running")}</StateTag>;
}

/** In which time, regions and product lines the partner buys from whom. */
export function ContractsTab({ of: partner, sellerField }: ContractsTabProps) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  const categories = useListCategories();
  const [isAdding, setIsAdding] = useState(false);
  const [ending, setEnding] = useState<ContractOut | null>(null);
  const mayChange = partner.allowed_actions.includes("add_contract");
  const nameOf = (id: number) => categories.data?.find((one) => one.id === id)?.name ?? String(id);
  const today = format.today();
  return (
    <Card
      title={t("section.contracts")}
      extra={mayChange && <Button onClick={() => setIsAdding(true)}>{t("contract.add")}</Button>}
    >
      {partner.contracts.length === 0 && <p className="quiet">{t("contract.none_long")}</p>}
      <ul className="rows">
        {partner.contracts.map((contract) => (
          <li key={contract.id}>
            <span className="cell-two">
              <span className="title-row">
                <strong className="figures">{contract.number}</strong>
                <ContractState of={contract} />
              </span>
              <span className="quiet figures">
                {contract.valid_to
                  ? t("contract.valid", {
                      from: format.day(contract.valid_from),
                      to: format.day(shift(contract.valid_to, { days: -1 })),
                    })
                  : t("contract.valid_open", { from: format.day(contract.valid_from) })}
                {" · "}
                {contract.category_ids.length
                  ? contract.category_ids.map(nameOf).join(t("separator"))
                  : t("contract.all_lines")}
              </span>
            </span>
            {mayChange && (!contract.valid_to || contract.valid_to > today) && (
              <Button size="small" danger type="text" onClick={() => setEnding(contract)}>
                {t("contract.end")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {isAdding && <AddContract of={partner} sellerField={sellerField} onClose={() => setIsAdding(false)} />}
      {ending && <EndContract of={ending} partnerId={partner.id} onClose={() => setEnding(null)} />}
    </Card>
  );
}
