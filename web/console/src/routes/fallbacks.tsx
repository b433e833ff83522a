import { type ErrorComponentProps, Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { Refusal } from "@/ui/refusal";
import { EmptyState } from "@/ui/states";

/** No page at this address. */
export function Missing() {
  const { t } = useTranslation();
  return (
    <div className="page">
      <EmptyState text={t("state.no_page")} action={<Link to="/">{t("action.to_desk")}</Link>} />
    </div>
  );
}

/** A page that broke or could not be loaded: what happened, and the way on. */
export function Failed({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation();
  return (
    <div className="page">
      <Refusal of={error} onRetry={reset} />
      <p>
        <Button type="link" onClick={() => window.location.reload()}>
          {t("action.reload")}
        </Button>
      </p>
    </div>
  );
}
