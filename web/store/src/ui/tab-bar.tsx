import { useTranslation } from "react-i18next";
import { TABS, type Tab, toTab } from "@/navigation";
import { Icon } from "./icon";
import { Tap } from "./tap";
import "./tab-bar.scss";

/** The five places of the store, always within the thumb's reach. */
export function TabBar({ current }: { current: Tab }) {
  const { t } = useTranslation();
  return (
    <nav className="tabs" aria-label={t("tab.bar")}>
      {(Object.keys(TABS) as Tab[]).map((tab) => (
        <Tap
          key={tab}
          className={tab === current ? "tab tab-current" : "tab"}
          aria-current={tab === current ? "page" : undefined}
          onClick={() => tab !== current && void toTab(tab)}
        >
          <Icon name={tab} />
          <span className="tab-name">{t(`tab.${tab}`)}</span>
        </Tap>
      ))}
    </nav>
  );
}
