import { useTranslation } from "react-i18next";
import type { Role } from "@/gen/model";

/** Roles as one calls them, in one line. */
export function useRoleWords(): (roles: readonly Role[]) => string {
  const { t } = useTranslation("store-mine");
  return (roles) => roles.map((role) => t(`role.${role}`)).join(t("people.and"));
}
