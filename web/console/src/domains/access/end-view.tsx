import { Button } from "antd";
import { useTranslation } from "react-i18next";
import { useSignOut } from "@/gen/access/access";
import { endView } from "@/view";

/** Out of somebody else's eyes, back to oneself. */
export function EndView() {
  const { t } = useTranslation("access");
  const end = useSignOut({ mutation: { onSettled: endView } });
  return (
    <Button size="small" loading={end.isPending} onClick={() => end.mutate()}>
      {t("view.end")}
    </Button>
  );
}
