import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { ReturnList } from "@/domains/orders/return-list";
import { Page } from "@/ui/page";
import { orderReader } from "./order-reader";
import "@/theme/selling.css";

export function ReturnsPage() {
  const { t } = useTranslation("orders");
  return (
    <Page title={t("return.list")}>
      <ReturnList reader={orderReader(useSession())} />
    </Page>
  );
}
