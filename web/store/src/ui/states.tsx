import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { Icon, type IconName } from "./icon";
import { Refused } from "./refused";
import "./states.scss";

/** Grey shapes of the height that the content will have. */
export function Skeleton({ rows = 3, height = 160 }: { rows?: number; height?: number }) {
  const { t } = useTranslation();
  return (
    <div role="status" aria-label={t("wait")}>
      {Array.from({ length: rows }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the shapes are all alike
        <div key={index} className="skeleton" style={{ height: `${height / 2}px` }} />
      ))}
    </div>
  );
}

/** One sentence what this is for, and the one action that starts it. */
export function Empty({
  text,
  icon = "box",
  children,
}: {
  text: string;
  icon?: IconName;
  children?: ReactNode;
}) {
  return (
    <div className="empty">
      <span className="empty-mark">
        <Icon name={icon} />
      </span>
      <p className="empty-text">{text}</p>
      {children}
    </div>
  );
}

interface Asked<T> {
  data: T | undefined;
  error: unknown;
  isPending: boolean;
  refetch: () => unknown;
}

/** What a page shows while it asks, when it was refused, and then. An answer that is here stays when the next one fails. */
export function Answered<T>({
  of,
  rows,
  children,
}: {
  of: Asked<T>;
  rows?: number;
  children: (data: T) => ReactNode;
}) {
  if (of.data !== undefined) return <>{children(of.data)}</>;
  if (of.error) return <Refused error={of.error} again={() => void of.refetch()} />;
  return <Skeleton rows={rows} />;
}
