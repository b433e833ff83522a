import { useTranslation } from "react-i18next";
import { useListRoles } from "@/gen/access/access";
import { useSession } from "./session";

/** Which roles have what is missing here, so that one knows whom to ask. */
export function WhoMay({ scope }: { scope: string }) {
  const { t } = useTranslation(["access", "common"]);
  const { isStaff } = useSession();
  const roles = useListRoles();
  const having = (roles.data ?? [])
    .filter((one) => one.scopes.includes(scope))
    .map((one) => ({ ...one, name: t(`role.${one.role}`) }));
  const near = having.filter((one) => one.for_partners !== isStaff);
  const shown = near.length > 0 ? near : having;
  return (
    <p className="quiet">
      {shown.length > 0
        ? t("who_may", { roles: shown.map((one) => one.name).join(t("common:list.separator")) })
        : t("common:permission.remedy")}
    </p>
  );
}
