import { useQueryClient } from "@tanstack/react-query";
import { App, Switch } from "antd";
import i18next from "i18next";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ModuleOut } from "@/gen/model";
import { getListModulesQueryKey, useListModules, useSwitchModule } from "@/gen/modules/modules";
import { useLanguage } from "@/i18n/language";
import { Card } from "@/ui/page";
import { ReasonDialog } from "@/ui/reason-action";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { said } from "./setting-shape";

type MenusOf = (module: string) => readonly string[];

function useNames(modules: readonly ModuleOut[]) {
  const { t } = useTranslation();
  const language = useLanguage();
  return (names: readonly string[]) =>
    names
      .map((name) => {
        const row = modules.find((one) => one.module === name);
        return row ? said(row, language) : name;
      })
      .join(t("list.separator"));
}

/** What goes with a module: its menus, its part of the API, its jobs and its recurring work. */
function Effects({ of: row, menusOf }: { of: ModuleOut; menusOf: MenusOf }) {
  const { t } = useTranslation(["administration", "common"]);
  const workText = (name: string) =>
    i18next.exists(`administration:work.${name.replaceAll(/[: ]+/g, "_")}`)
      ? String(t(`work.${name.replaceAll(/[: ]+/g, "_")}` as never))
      : name;
  const menus = menusOf(row.module);
  const all = (names: readonly string[]) =>
    names.length ? names.join(t("common:list.separator")) : t("module.none");
  return (
    <dl className="facts column-facts">
      <div>
        <dt>{t("module.menus")}</dt>
        <dd>{all(menus)}</dd>
      </div>
      <div>
        <dt>{t("module.api")}</dt>
        <dd className="figures">{t("module.operations", { count: row.operations })}</dd>
      </div>
      <div>
        <dt>{t("module.work")}</dt>
        <dd>
          {all([...row.jobs.map((job) => workText(job.replace(".", "_"))), ...row.works.map(workText)])}
        </dd>
      </div>
    </dl>
  );
}

/** The modules that can be switched, with what each brings and whom it needs. */
export function ModuleList({ menusOf, mayWrite }: { menusOf: MenusOf; mayWrite: boolean }) {
  const { t } = useTranslation("administration");
  const { message } = App.useApp();
  const language = useLanguage();
  const queries = useQueryClient();
  const [open, setOpen] = useState<ModuleOut | null>(null);
  const modules = useListModules();
  const names = useNames(modules.data ?? []);
  const change = useSwitchModule({
    mutation: {
      onSuccess: (after) => {
        void message.success(
          t(after.is_on ? "module.switched_on" : "module.switched_off", { name: said(after, language) }),
        );
        setOpen(null);
        void queries.invalidateQueries({ queryKey: getListModulesQueryKey() });
        // Menus follow the session; the processes know within two seconds.
        setTimeout(() => void queries.invalidateQueries(), 2_500);
      },
    },
  });
  if (modules.error && !modules.data)
    return <Refusal of={modules.error} onRetry={() => void modules.refetch()} />;
  if (!modules.data) return <PageSkeleton />;
  return (
    <div className="module-cards">
      {modules.data.map((row) => {
        const offNeeds = row.needs.filter((name) => !modules.data.find((one) => one.module === name)?.is_on);
        const because = row.is_on
          ? row.needed_by.length > 0 && t("module.needed_by", { names: names(row.needed_by) })
          : offNeeds.length > 0 && t("module.needs_first", { names: names(offNeeds) });
        return (
          <Card
            key={row.module}
            title={said(row, language)}
            extra={
              <Switch
                aria-label={said(row, language)}
                checked={row.is_on}
                checkedChildren={t("option.on")}
                unCheckedChildren={t("option.off")}
                disabled={!mayWrite || Boolean(because)}
                onChange={() => {
                  change.reset();
                  setOpen(row);
                }}
              />
            }
          >
            <div className="stack">
              <p className="quiet">{t("module.brings")}</p>
              <Effects of={row} menusOf={menusOf} />
              {row.needs.length > 0 && (
                <p className="quiet">{t("module.needs", { names: names(row.needs) })}</p>
              )}
              {because && <p className="tone-text-wait">{because}</p>}
            </div>
          </Card>
        );
      })}
      {open && (
        <ReasonDialog
          isOpen
          title={t(open.is_on ? "module.off_title" : "module.on_title", { name: said(open, language) })}
          explanation={t(open.is_on ? "module.off_explained" : "module.on_explained")}
          confirm={t(open.is_on ? "module.switch_off" : "module.switch_on")}
          isBusy={change.isPending}
          problem={change.error}
          onClose={() => setOpen(null)}
          onConfirm={(reason) => change.mutate({ module: open.module, data: { is_on: !open.is_on, reason } })}
        >
          {open.is_on && <Effects of={open} menusOf={menusOf} />}
        </ReasonDialog>
      )}
    </div>
  );
}
