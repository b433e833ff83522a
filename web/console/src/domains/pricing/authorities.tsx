import { rate } from "@shared/money";
import { useTranslation } from "react-i18next";
import { useListPriceAuthorities } from "@/gen/prices/prices";
import { Card } from "@/ui/page";

const ROLES = ["ADMINISTRATOR", "CHANNEL_MANAGER", "SALES_OPERATIONS"] as const;

/** Who may set prices by hand, how far below the list, and whether below the floor. */
export function Authorities() {
  const { t } = useTranslation("prices");
  const { data } = useListPriceAuthorities();
  if (!data) return null;
  return (
    <Card title={t("page.authority")}>
      <ul className="words">
        {data.map((one) => {
          const role = ROLES.find((name) => name === one.role);
          const reach =
            one.discount_max === "1"
              ? t("page.unlimited")
              : t("page.discount", { rate: rate(one.discount_max) });
          return (
            <li key={one.role}>
              {role ? t(`page.role.${role}`) : one.role}
              {" · "}
              {reach}
              {" · "}
              {t(one.may_go_below_floor ? "page.below_floor" : "page.above_floor")}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
