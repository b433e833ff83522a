import { useTranslation } from "react-i18next";
import { open } from "@/navigation";
import { Icon } from "@/ui/icon";
import { ScanButton } from "@/ui/scan-button";
import { Tap } from "@/ui/tap";
import { useScanned } from "./use-scanned";
import "./find-head.scss";

/** The way to the search page, and the scanner beside it. */
export function FindHead() {
  const { t } = useTranslation(["store-find", "store"]);
  const onCode = useScanned();
  return (
    <div className="find-head">
      <Tap className="find-search" onClick={() => void open("search")}>
        <Icon name="search" />
        <span className="find-words">{t("search.open")}</span>
      </Tap>
      <ScanButton className="find-scan" onCode={onCode}>
        <Icon name="scan" />
        <span className="find-scan-word">{t("store:scan.go")}</span>
      </ScanButton>
    </div>
  );
}
