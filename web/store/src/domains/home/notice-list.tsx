import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { NoticeOut } from "@/gen/model";
import { open } from "@/navigation";
import { Tap } from "@/ui/tap";
import { useFormat } from "@/ui/use-format";
import { factsOf } from "./notices";
import "./home.scss";

function goTo(notice: NoticeOut): void {
  if (notice.subject_type === "order") void open("order", { id: notice.subject_id });
  else if (notice.subject_type === "receipt" || notice.subject_type === "credit") void open("money");
}

/** What happened, newest first; a press opens the document where it has a page here. */
export function NoticeList({ of: notices }: { of: readonly NoticeOut[] }) {
  const { t } = useTranslation("store-mine");
  const format = useFormat();
  const say = (notice: NoticeOut): string =>
    String(
      i18next.t(`store-mine:notice.${notice.kind}`, {
        ...factsOf(notice),
        defaultValue: t("notice.other"),
      } as never),
    );
  return (
    <ul>
      {notices.map((notice) => (
        <li key={notice.id}>
          <Tap className="home-row" onClick={() => goTo(notice)}>
            <span className="home-words">
              <span className={notice.unread ? "notice-new" : undefined}>{say(notice)}</span>
              <span className="soft">
                {notice.unread && <span className="notice-mark">{t("messages.unread")} · </span>}
                {format.spoken(notice.created_at)}
              </span>
            </span>
          </Tap>
        </li>
      ))}
    </ul>
  );
}
