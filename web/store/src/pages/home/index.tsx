import { useTranslation } from "react-i18next";
import { Arriving } from "@/domains/home/arriving";
import { MoneyLine } from "@/domains/home/money-line";
import { NewPrices } from "@/domains/home/new-prices";
import { News } from "@/domains/home/news";
import { Todo } from "@/domains/home/todo";
import { Usual } from "@/domains/home/usual";
import { prefer, usePreferences } from "@/preferences";
import { useSession } from "@/session";
import { Action } from "@/ui/action";
import { Page } from "@/ui/page";

/** What waits for me, what arrives, what I always order, what happened. */
export default function HomePage() {
  const { t } = useTranslation();
  const session = useSession();
  const { isBig } = usePreferences();
  return (
    <Page
      title={session?.organization_name || t("tab.home")}
      tab="home"
      aside={
        <Action kind="quiet" onClick={() => prefer({ isBig: !isBig })}>
          {t(isBig ? "home.big_off" : "home.big_on")}
        </Action>
      }
    >
      <MoneyLine />
      <Todo />
      <Arriving />
      <Usual />
      <NewPrices />
      <News />
    </Page>
  );
}
