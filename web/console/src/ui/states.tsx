import { InboxOutlined, LockOutlined } from "@ant-design/icons";
import { Skeleton } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** What a place is for while nothing is there, and the one action that starts it. */
export function EmptyState({ text, action }: { text: string; action?: ReactNode }) {
  return (
    <div className="state">
      <InboxOutlined className="state-icon" aria-hidden />
      <p>{text}</p>
      {action}
    </div>
  );
}

/** Not allowed, and who can change that. */
export function NoPermission({ who }: { who?: ReactNode }) {
  const { t } = useTranslation();
  return (
    <div className="state">
      <LockOutlined className="state-icon" aria-hidden />
      <p>{t("permission.missing")}</p>
      {who ?? <p className="quiet">{t("permission.remedy")}</p>}
    </div>
  );
}

/** A page while it loads, about as high as it will be. */
export function PageSkeleton() {
  const { t } = useTranslation();
  return (
    <div className="page" role="status" aria-label={t("state.loading")}>
      <Skeleton active title={{ width: 220 }} paragraph={{ rows: 1, width: 360 }} />
      <div className="card" style={{ padding: 20, marginTop: 16 }}>
        <Skeleton active title={false} paragraph={{ rows: 10 }} />
      </div>
    </div>
  );
}
