import i18next from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { NoticeOut } from "@/gen/model";
import { open, toTab } from "@/navigation";
import { Icon } from "@/ui/icon";
import { Tap } from "@/ui/tap";
import { useFormat } from "@/ui/use-format";
import { Whole } from "@/ui/whole";
import { factsOf, type Place, placeOf, sentenceOf, tidied } from "./notices";
import "./home.scss";

const goTo = (place: Place): void => void ("tab" in place ? toTab(place.tab) : open(place.page, place.told));

function Row({ place, children }: { place: Place | null; children: ReactNode }) {
  if (!place) return <div className="home-row">{children}</div>;
  return (
    <Tap className="home-row" onClick={() => goTo(place)}>
      {children}
      <Icon name="next" />
    </Tap>
  );
}

/** What happened, newest first; a press opens the document where it has a page here, and only then can one press. */
export function NoticeList({ of: notices }: { of: readonly NoticeOut[] }) {
  const { t } = useTranslation("store-mine");
  const format = useFormat();
  const say = (notice: NoticeOut): string =>
    tidied(
      String(
        i18next.t(`store-mine:notice.${sentenceOf(notice)}`, {
          ...factsOf(notice, format.day),
          defaultValue: t("notice.other"),
        } as never),
      ),
    );
  return (
    <ul>
      {notices.map((notice) => (
        <li key={notice.id}>
          <Row place={placeOf(notice)}>
            <span className="home-words">
              <span className={notice.unread ? "notice-new" : undefined}>
                <Whole>{say(notice)}</Whole>
              </span>
              <span className="soft">
                {notice.unread && <span className="notice-mark">{t("messages.unread")} · </span>}
                {format.spoken(notice.created_at)}
              </span>
            </span>
          </Row>
        </li>
      ))}
    </ul>
  );
}
