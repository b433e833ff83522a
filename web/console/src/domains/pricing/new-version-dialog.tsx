import { uuid7 } from "@shared/ids";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { DatePicker, Input, Modal, Select } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Level, PriceListPageOut } from "@/gen/model";
import { useCreatePriceList, useListPriceLists } from "@/gen/prices/prices";
import { FormField, fieldProblem } from "@/ui/form-field";
import { Refusal } from "@/ui/refusal";
import { useFormat } from "@/ui/use-format";
import { LEVELS } from "./head-form";
import { OrganizationSelect } from "./organization-select";
import { refreshPrices } from "./refresh";

const DAY = "YYYY-MM-DD";

function useCreate(onDone: () => void) {
  const queries = useQueryClient();
  const navigate = useNavigate();
  return useCreatePriceList({
    mutation: {
      onSuccess: (made) => {
        onDone();
        refreshPrices(queries);
        void navigate({ to: "/price-lists/$versionId", params: { versionId: made.id }, search: {} as never });
      },
    },
  });
}

/** The next version of a list: a draft with the same head and rows; the one in force ends where it begins. */
export function NewVersionDialog({ of: version, onClose }: { of: PriceListPageOut; onClose: () => void }) {
  const { t } = useTranslation(["prices", "common"]);
  const format = useFormat();
  const [id] = useState(() => uuid7());
  const [from, setFrom] = useState(() => dayjs(format.today()).add(1, "day").format(DAY));
  const create = useCreate(onClose);
  return (
    <Modal
      open
      title={t("action.succeed")}
      okText={t("new.make_version")}
      cancelText={t("common:action.back")}
      okButtonProps={{ loading: create.isPending }}
      onCancel={onClose}
      onOk={() =>
        create.mutate({
          data: {
            id,
            code: version.code,
            name: version.name,
            seller_id: version.seller_id,
            level: version.level,
            currency: version.currency,
            priority: version.priority,
            project: version.project,
            audience: version.audience,
            late_joiners: version.late_joiners,
            valid_from: from,
            valid_to: null,
            copy_from: version.id,
          },
        })
      }
    >
      <div className="stack">
        <p>{t("new.version_text", { name: version.name })}</p>
        <FormField label={t("head.valid_from")}>
          <DatePicker
            allowClear={false}
            value={dayjs(from)}
            onChange={(day) => day && setFrom(day.format(DAY))}
          />
        </FormField>
        <Refusal of={create.error} />
      </div>
    </Modal>
  );
}

/** A new list: who sells, how specific it is, from when, and which list it begins with. */
export function NewListDialog({ sellerId, onClose }: { sellerId: number; onClose: () => void }) {
  const { t } = useTranslation(["prices", "common"]);
  const format = useFormat();
  const [id] = useState(() => uuid7());
  const [code, setCode] = useState("");
  const [name, setName] = useState("");
  const [seller, setSeller] = useState([sellerId]);
  const [level, setLevel] = useState<Level>("GROUP");
  const [from, setFrom] = useState(() => dayjs(format.today()).add(1, "day").format(DAY));
  const [source, setSource] = useState<string>();
  const lists = useListPriceLists({ limit: 100 });
  const create = useCreate(onClose);
  const isReady = code.trim() !== "" && name.trim() !== "" && seller[0] !== undefined;
  return (
    <Modal
      open
      width={620}
      title={t("new.title")}
      okText={t("new.make")}
      cancelText={t("common:action.back")}
      okButtonProps={{ disabled: !isReady, loading: create.isPending }}
      onCancel={onClose}
      onOk={() =>
        create.mutate({
          data: {
            id,
            code: code.trim(),
            name: name.trim(),
            seller_id: seller[0] ?? sellerId,
            level,
            currency: "CNY",
            valid_from: from,
            copy_from: source ?? null,
          },
        })
      }
    >
      <div className="stack">
        <div className="form-grid">
          <FormField label={t("head.name")} problem={fieldProblem(create.error, "name")}>
            <Input autoFocus maxLength={200} value={name} onChange={({ target }) => setName(target.value)} />
          </FormField>
          <FormField
            label={t("new.code")}
            hint={t("new.code_hint")}
            problem={fieldProblem(create.error, "code")}
          >
            <Input maxLength={60} value={code} onChange={({ target }) => setCode(target.value)} />
          </FormField>
          <FormField label={t("field.seller")} problem={fieldProblem(create.error, "seller_id")}>
            <OrganizationSelect isSingle value={seller} onChange={setSeller} />
          </FormField>
          <FormField label={t("field.level")} hint={t("head.level_hint")}>
            <Select<Level>
              style={{ width: "100%" }}
              value={level}
              options={LEVELS.map((one) => ({ value: one, label: t(`level_name.${one}`) }))}
              onChange={setLevel}
            />
          </FormField>
          <FormField label={t("head.valid_from")}>
            <DatePicker
              style={{ width: "100%" }}
              allowClear={false}
              value={dayjs(from)}
              onChange={(day) => day && setFrom(day.format(DAY))}
            />
          </FormField>
          <FormField label={t("new.copy")} hint={t("new.copy_hint")}>
            <Select<string>
              style={{ width: "100%" }}
              allowClear
              showSearch={{ optionFilterProp: "label" }}
              placeholder={t("new.copy_none")}
              value={source}
              options={(lists.data?.items ?? []).map((one) => ({
                value: one.id,
                label: `${one.name} ${one.code} ${t("field.version_no", { no: one.version_no })}`,
              }))}
              onChange={(next?: string) => setSource(next)}
            />
          </FormField>
        </div>
        <Refusal of={create.error} />
      </div>
    </Modal>
  );
}
