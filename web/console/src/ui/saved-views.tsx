import { CloseOutlined, PushpinOutlined } from "@ant-design/icons";
import { Button, Input, Popover, Tabs } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { usePersonal } from "./personal";
import { Refusal } from "./refusal";
import { type Filters, useFilters, writeSearch } from "./use-filters";

/** A named set of filters of a list; the house's own are fixed, a person's are kept for that person. */
export interface View {
  key: string;
  label: string;
  filters: Filters;
}

interface KeptView {
  name: string;
  filters: Filters;
}

const NAME_MAX = 20;
const VIEWS_MAX = 20;

/** The same filters whatever their order. */
export function sameFilters(one: Filters, other: Filters): boolean {
  const sorted = (filters: Filters) => writeSearch(filters).slice(1).split("&").sort().join("&");
  return sorted(one) === sorted(other);
}

function SaveView({
  taken,
  onSave,
}: {
  taken: readonly string[];
  onSave: (name: string) => Promise<unknown>;
}) {
  const { t } = useTranslation();
  const [isOpen, setIsOpen] = useState(false);
  const [name, setName] = useState("");
  const clean = name.trim();
  const save = async () => {
    if (!clean) return;
    await onSave(clean);
    setIsOpen(false);
    setName("");
  };
  return (
    <Popover
      trigger="click"
      placement="bottomRight"
      open={isOpen}
      onOpenChange={setIsOpen}
      content={
        <form
          className="view-form"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          <label htmlFor="view-name">{t("view.name")}</label>
          <Input
            id="view-name"
            autoFocus
            maxLength={NAME_MAX}
            value={name}
            onChange={(event) => setName(event.target.value)}
          />
          <span className="quiet">{t(taken.includes(clean) ? "view.replaces" : "view.explained")}</span>
          <Button type="primary" htmlType="submit" disabled={!clean}>
            {t("view.save")}
          </Button>
        </form>
      }
    >
      <Button type="text" icon={<PushpinOutlined />}>
        {t("view.keep")}
      </Button>
    </Popover>
  );
}

/** The views of a list as tabs: the house's, then the person's own; what is filtered now can be kept as another one. */
export function SavedViews({
  page,
  views,
  extra,
}: {
  page: string;
  views: readonly View[];
  /** At the end of the row. */
  extra?: ReactNode;
}) {
  const { t } = useTranslation();
  const [filters, , , replace] = useFilters();
  const { value, keep, problem } = usePersonal<KeptView[]>(`views.${page}`);
  const own = value ?? [];
  const all: (View & { isOwn: boolean })[] = [
    ...views.map((view) => ({ ...view, isOwn: false })),
    ...own.map((view) => ({ key: `own:${view.name}`, label: view.name, filters: view.filters, isOwn: true })),
  ];
  const active = all.find((view) => sameFilters(view.filters, filters));
  const save = (name: string) => keep([...own.filter((view) => view.name !== name), { name, filters }]);
  const remove = (name: string) => keep(own.filter((view) => view.name !== name));
  return (
    <>
      <div className="tabs-row">
        <Tabs
          className="tabs"
          activeKey={active?.key ?? ""}
          onChange={(key) => replace(all.find((view) => view.key === key)?.filters ?? {})}
          items={all.map((view) => ({ key: view.key, label: view.label }))}
        />
        {active?.isOwn && (
          <Button type="text" icon={<CloseOutlined />} onClick={() => void remove(active.label)}>
            {t("view.drop")}
          </Button>
        )}
        {!active && own.length < VIEWS_MAX && <SaveView taken={own.map((view) => view.name)} onSave={save} />}
        {extra}
      </div>
      {problem && <Refusal of={problem} />}
    </>
  );
}
