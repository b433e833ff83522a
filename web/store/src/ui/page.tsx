import Taro from "@tarojs/taro";
import { type PropsWithChildren, type ReactNode, useContext, useEffect } from "react";
import { useTranslation } from "react-i18next";
import { back, type Tab } from "@/navigation";
import { IS_WEAPP } from "@/platform/server";
import { usePreferences } from "@/preferences";
import { useOwnPassword, useSignedIn } from "@/session";
import { FrameNote } from "./frame-note";
import { Icon } from "./icon";
import { TabBar } from "./tab-bar";
import { Tap } from "./tap";
import "./page.scss";

interface Props {
  /** The page's name: a bar on the web, the title of WeChat's own bar there. */
  title: string;
  /** One of the five tabs: with the bar below, without the way back. */
  tab?: Tab;
  /** Right of the title: one small action. */
  aside?: ReactNode;
  /** What stays within the thumb's reach: the one next thing to do. */
  footer?: ReactNode;
  /** Stands in the bar in the place of the title, which is then only read out. */
  head?: ReactNode;
  /** There is nothing to go back to: one is not in yet. */
  isOnly?: boolean;
}

/** The frame of every page: title, way back, content, the thumb's bar. */
export function Page({ title, tab, aside, footer, head, isOnly, children }: PropsWithChildren<Props>) {
  const { t } = useTranslation();
  const { isBig, theme } = usePreferences();
  useSignedIn();
  useOwnPassword(!isOnly);
  useEffect(() => {
    void Taro.setNavigationBarTitle({ title });
  }, [title]);
  const look = `root theme-${theme}${isBig ? " scale-big" : ""}`;
  const room = `page${tab ? " page-tab" : ""}${footer ? " page-footed" : ""}`;
  return (
    <div className={look}>
      {(!IS_WEAPP || aside || head) && (
        <header className="page-head">
          {!tab && !isOnly && !IS_WEAPP && (
            <Tap className="page-back" aria-label={t("back")} onClick={() => void back()}>
              <Icon name="back" />
            </Tap>
          )}
          <h1 className={head ? "sr-only" : "page-title"}>{title}</h1>
          {head}
          <div className="page-aside">{aside}</div>
        </header>
      )}
      {useContext(FrameNote)}
      <main className={room}>{children}</main>
      {footer && <div className={tab ? "page-foot page-foot-above" : "page-foot"}>{footer}</div>}
      {tab && <TabBar current={tab} />}
    </div>
  );
}
