import { Alert } from "antd";
import { useTranslation } from "react-i18next";
import type { DuplicatesOut } from "@/gen/model";
import { PartnerLink } from "./columns";

/** Companies that may be the same one; those out of sight are only counted. */
export function Duplicates({ of: found }: { of: DuplicatesOut }) {
  const { t } = useTranslation("partners");
  return (
    <Alert
      type="warning"
      showIcon
      title={t("duplicates.title")}
      description={
        <div className="stack">
          <ul className="holds">
            {found.partners.map((one) => (
              <li key={one.partner_id}>
                <PartnerLink of={{ id: one.partner_id, name: one.name }} />
                <span className="quiet">
                  {one.code} ·{" "}
                  {one.because
                    .map((why) => t(`duplicates.because.${why as "uscc" | "phone" | "name"}`))
                    .join(t("separator"))}
                </span>
              </li>
            ))}
          </ul>
          {found.elsewhere > 0 && <p>{t("duplicates.elsewhere", { count: found.elsewhere })}</p>}
        </div>
      }
    />
  );
}
