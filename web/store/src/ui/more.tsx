import { useReachBottom } from "@tarojs/taro";
import { useTranslation } from "react-i18next";
import { Action } from "./action";

/** The rest of a list: it comes when one reaches the end, or by the button. */
export function More({ isLoading, loadMore }: { isLoading: boolean; loadMore?: () => void }) {
  const { t } = useTranslation();
  useReachBottom(() => !isLoading && loadMore?.());
  if (!loadMore) return null;
  return (
    <Action kind="quiet" isWide isBusy={isLoading} onClick={loadMore}>
      {t("more")}
    </Action>
  );
}
