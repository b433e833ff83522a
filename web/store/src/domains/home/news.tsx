import { useTranslation } from "react-i18next";
import { useListNotices } from "@/gen/desk/desk";
import { open } from "@/navigation";
import { Card } from "@/ui/card";
import { Answered } from "@/ui/states";
import { Tap } from "@/ui/tap";
import { NoticeList } from "./notice-list";

const SHOWN = 4;

/** The latest of what happened to this person's orders, money and prices. */
export function News() {
  const { t } = useTranslation();
  const notices = useListNotices({ limit: SHOWN }, { query: { refetchInterval: 60_000 } });
  return (
    <Card
      title={t("home.news")}
      aside={
        <Tap className="home-all" onClick={() => void open("messages")}>
          {t("home.news_all")}
        </Tap>
      }
    >
      <Answered of={notices} rows={2}>
        {({ items }) =>
          items.length ? <NoticeList of={items} /> : <p className="soft home-none">{t("home.news_none")}</p>
        }
      </Answered>
    </Card>
  );
}
