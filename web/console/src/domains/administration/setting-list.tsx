import { SearchOutlined } from "@ant-design/icons";
import { Button, Input, Tag } from "antd";
import i18next from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { SettingOut } from "@/gen/model";
import { useListSettings } from "@/gen/settings/settings";
import { useLanguage } from "@/i18n/language";
import { serverWord } from "@/i18n/server-words";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { EmptyState, PageSkeleton } from "@/ui/states";
import { one, useFilters } from "@/ui/use-filters";
import { useFormat } from "@/ui/use-format";
import { SettingDialog } from "./setting-dialog";
import { exampleNumber, said, shapeOf } from "./setting-shape";
import { useSettingText } from "./setting-value";

/** Numbering stands first, the rest by module. */
const groupOf = (setting: SettingOut): string =>
  setting.key.startsWith("numbering.") ? "numbering" : setting.module;

function byGroup(settings: readonly SettingOut[]): [string, SettingOut[]][] {
  const groups = new Map<string, SettingOut[]>();
  for (const setting of settings)
    groups.set(groupOf(setting), [...(groups.get(groupOf(setting)) ?? []), setting]);
  return [...groups].sort(
    ([one], [other]) =>
      Number(other === "numbering") - Number(one === "numbering") || one.localeCompare(other),
  );
}

function useGroupText(): (group: string) => string {
  const { t } = useTranslation("administration");
  return (group) =>
    i18next.exists(`administration:group.${group}`) ? String(t(`group.${group}` as never)) : group;
}

function Row({ of: setting, nameOf }: { of: SettingOut; nameOf: (id: number) => string }) {
  const { t } = useTranslation("administration");
  const language = useLanguage();
  const format = useFormat();
  const text = useSettingText();
  const [open, setOpen] = useState<"change" | "reset" | null>(null);
  const shape = shapeOf(setting.kind, setting.limits);
  const isDefault =
    setting.version === 0 || JSON.stringify(setting.value) === JSON.stringify(setting.inherited);
  const example = exampleNumber(setting.key, setting.value, format.today());
  return (
    <li className="setting-row">
      <div className="setting-words">
        <strong>{said(setting, language)}</strong>
        {setting.seller_id !== null && (
          <Tag>{t("option.of_seller", { name: nameOf(setting.seller_id) })}</Tag>
        )}
        <p className="quiet">{serverWord({ zh: setting.help_zh, en: setting.help_en }, language)}</p>
      </div>
      <div className="setting-value">
        <span>{text(shape, setting.value)}</span>
        {example && <span className="quiet figures">{t("option.like", { number: example })}</span>}
        <span className="quiet">
          {setting.updated_at
            ? t("option.changed_by", {
                name: setting.updated_by_name || t("option.somebody"),
                at: format.instant(setting.updated_at),
              })
            : t("option.default")}
          {setting.updated_at &&
            !isDefault &&
            ` · ${t("option.default_is", { value: text(shape, setting.inherited) })}`}
        </span>
      </div>
      {setting.may_change && (
        <div className="setting-actions">
          <Button size="small" onClick={() => setOpen("change")}>
            {t("option.change")}
          </Button>
          {!isDefault && (
            <Button size="small" type="text" onClick={() => setOpen("reset")}>
              {t("option.reset")}
            </Button>
          )}
        </div>
      )}
      {open && <SettingDialog setting={setting} isReset={open === "reset"} onClose={() => setOpen(null)} />}
    </li>
  );
}

/** Every setting that a module declares, with what counts now and who changed it. */
export function SettingList({ nameOf }: { nameOf: (organizationId: number) => string }) {
  const { t } = useTranslation("administration");
  const [filters, change] = useFilters();
  const groupText = useGroupText();
  const settings = useListSettings();
  const wanted = one(filters.text).trim().toLowerCase();
  if (settings.error && !settings.data)
    return <Refusal of={settings.error} onRetry={() => void settings.refetch()} />;
  if (!settings.data) return <PageSkeleton />;
  const shown = settings.data.filter((setting) =>
    [setting.label_zh, setting.label_en, setting.help_zh, setting.help_en, setting.key]
      .join(" ")
      .toLowerCase()
      .includes(wanted),
  );
  return (
    <div className="stack">
      <search className="filter-bar">
        <Input
          allowClear
          className="filter-text"
          prefix={<SearchOutlined aria-hidden />}
          placeholder={t("option.search")}
          aria-label={t("option.search")}
          value={one(filters.text)}
          onChange={(event) => change({ text: event.target.value || undefined })}
        />
      </search>
      {shown.length === 0 && (
        <div className="card">
          <EmptyState text={t("option.none")} />
        </div>
      )}
      {byGroup(shown).map(([group, those]) => (
        <Card key={group} title={groupText(group)} flush>
          <ul className="setting-list">
            {those.map((setting) => (
              <Row key={setting.key} of={setting} nameOf={nameOf} />
            ))}
          </ul>
        </Card>
      ))}
    </div>
  );
}
