import { useEffect, useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { watchNear } from "@/platform/visible";
import { Action } from "./action";

export interface Rest {
  isLoadingMore: boolean;
  isMoreRefused: boolean;
  /** Undefined when everything is shown. */
  loadMore: (() => void) | undefined;
}

/** The rest of a list: it comes before one reaches the end; by the button when that failed. */
export function More({ of: rest }: { of: Rest }) {
  const { loadMore } = rest;
  return loadMore ? <Waiting {...rest} loadMore={loadMore} /> : null;
}

function Waiting({ isLoadingMore, isMoreRefused, loadMore }: Rest & { loadMore: () => void }) {
  const { t } = useTranslation();
  const id = `more${useId().replace(/[^\w-]/g, "")}`;
  const [isNear, setNear] = useState(false);
  useEffect(() => watchNear(id, (seen) => setNear(seen.isNear)), [id]);
  // Judged anew after each page: a list that grew by less than the screen needs the next one, too.
  const isWanted = isNear && !isLoadingMore && !isMoreRefused;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another function of the same list is no reason to ask
  useEffect(() => {
    if (isWanted) loadMore();
  }, [isWanted]);
  return (
    <div id={id}>
      <Action kind="quiet" isWide isBusy={isLoadingMore} onClick={loadMore}>
        {t("more")}
      </Action>
    </div>
  );
}
