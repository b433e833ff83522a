import { trim } from "@shared/decimal";
import { money, unitPrice } from "@shared/money";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { Difference } from "./types";
import "./differences.scss";

/** What is otherwise than it was when one agreed: before and now, goods by goods. */
export function Differences({ of: differences, currency }: { of: readonly Difference[]; currency: string }) {
  const { t } = useTranslation();
  const said = (one: Difference): string => {
    const pieces = (quantity: string | null) => (quantity === null ? "0" : `${trim(quantity)}${one.unit}`);
    switch (one.what) {
      case "price":
        return t("outbox.changed.price", {
          before: unitPrice(one.before, currency),
          after: unitPrice(one.after, currency),
          unit: one.unit,
        });
      case "total":
        return t("outbox.changed.total", {
          before: money(one.before, currency),
          after: money(one.after, currency),
        });
      case "quantity":
        return t("outbox.changed.quantity", { before: pieces(one.before), after: pieces(one.after) });
      case "added":
        return t("outbox.changed.added", { after: pieces(one.after) });
      case "gone":
        return t("outbox.changed.gone", { before: pieces(one.before) });
      case "short":
        return t("outbox.changed.short", { before: pieces(one.before) });
      case "blocked": {
        const why = i18next.t(`refusals:${one.code}.title`, { ...one.facts, defaultValue: "" } as never);
        return t("outbox.changed.blocked", { why: String(why) || t("outbox.changed.cannot") });
      }
    }
  };
  return (
    <ul className="differences" aria-label={t("outbox.changed.title")}>
      {differences.map((one) => (
        <li key={`${one.what} ${one.name} ${one.unit}`} className="difference">
          <span className="difference-name">{one.name || t("outbox.changed.sum")}</span>
          <span className="difference-word">{said(one)}</span>
        </li>
      ))}
    </ul>
  );
}
