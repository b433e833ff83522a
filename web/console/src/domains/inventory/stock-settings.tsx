import { App, Button, Checkbox, InputNumber, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useChangeStockSettings, useGetStockSettings } from "@/gen/inventory/inventory";
import type { Shown, StockSettingsOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { PageSkeleton } from "@/ui/states";
import { useRefreshStock } from "./refresh";

const SHOWN = ["EXACT", "LEVEL", "NOTHING"] as const satisfies readonly Shown[];

function Form({ of: settings, mayWrite }: { of: StockSettingsOut; mayWrite: boolean }) {
  const { t } = useTranslation("inventory");
  const { message } = App.useApp();
  const refresh = useRefreshStock();
  const [shown, setShown] = useState<Shown>(settings.shown_to_buyers);
  const [tight, setTight] = useState<string | null>(settings.tight_below);
  const [limit, setLimit] = useState<string | null>(settings.adjustment_limit);
  const [isBefore, setIsBefore] = useState(settings.sells_before_stock_in);
  const save = useChangeStockSettings({
    mutation: {
      onSuccess: () => {
        void message.success(t("settings.saved"));
        refresh();
      },
    },
  });
  const send = () =>
    save.mutate({
      data: {
        organization_id: settings.organization_id,
        shown_to_buyers: shown,
        tight_below: tight ?? "0",
        adjustment_limit: limit ?? "0",
        sells_before_stock_in: isBefore,
        version: settings.version,
      },
    });
  return (
    <Card>
      <div className="stack settings-form">
        <div className="field">
          <span id="shown">{t("settings.shown")}</span>
          <Radio.Group
            value={shown}
            disabled={!mayWrite}
            aria-labelledby="shown"
            onChange={(event) => setShown(event.target.value as Shown)}
          >
            <div className="stack">
              {SHOWN.map((value) => (
                <Radio key={value} value={value}>
                  <span className="cell-two">
                    <span>{t(`settings.shown_choice.${value}`)}</span>
                    <span className="quiet">{t(`settings.shown_hint.${value}`)}</span>
                  </span>
                </Radio>
              ))}
            </div>
          </Radio.Group>
        </div>
        <label className="field">
          <span>{t("settings.tight")}</span>
          <InputNumber<string>
            stringMode
            min="0"
            disabled={!mayWrite}
            value={tight}
            suffix={t("settings.base")}
            onChange={setTight}
          />
        </label>
        <label className="field">
          <span>{t("settings.limit")}</span>
          <InputNumber<string>
            stringMode
            min="0"
            disabled={!mayWrite}
            value={limit}
            suffix={t("settings.base")}
            onChange={setLimit}
          />
          <span className="quiet">{t("settings.limit_hint")}</span>
        </label>
        <Checkbox
          checked={isBefore}
          disabled={!mayWrite}
          onChange={(event) => setIsBefore(event.target.checked)}
        >
          {t("settings.before")} <span className="quiet">{t("settings.before_hint")}</span>
        </Checkbox>
        <Refusal of={save.error} />
        {mayWrite && (
          <div>
            <Button type="primary" loading={save.isPending} onClick={send}>
              {t("settings.save")}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}

/** What buyers may know of the stock, and the rules of recording. */
export function StockSettings({ organizationId, mayWrite }: { organizationId: number; mayWrite: boolean }) {
  const found = useGetStockSettings({ organization_id: organizationId });
  if (found.error) return <Refusal of={found.error} onRetry={() => void found.refetch()} />;
  if (!found.data) return <PageSkeleton />;
  return <Form key={found.data.version} of={found.data} mayWrite={mayWrite} />;
}
