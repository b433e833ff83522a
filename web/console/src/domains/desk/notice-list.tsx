import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Button, Skeleton } from "antd";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import {
  getCountUnreadNoticesQueryKey,
  getListNoticesQueryKey,
  listNotices,
  useCountUnreadNotices,
  useReadNotices,
} from "@/gen/desk/desk";
import type { NoticeOut } from "@/gen/model";
import { Refusal } from "@/ui/refusal";
import { EmptyState } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import { addressOf, useNoticeWords } from "./notice-words";

/** How many notices came since this person looked last; 100 means "100 or more". */
export function useUnread(): number {
  const { data } = useCountUnreadNotices({ query: { refetchInterval: 60_000 } });
  return data?.unread ?? 0;
}

function Notice({ of: notice, onOpen }: { of: NoticeOut; onOpen?: () => void }) {
  const { t } = useTranslation("desk");
  const words = useNoticeWords();
  const format = useFormat();
  const address = addressOf(notice);
  const sentence = words(notice);
  return (
    <li className={notice.unread ? "notice notice-new" : "notice"}>
      {notice.unread && <span className="notice-mark" role="img" aria-label={t("unread")} />}
      {address ? (
        <Link to={address} onClick={onOpen}>
          {sentence}
        </Link>
      ) : (
        <span>{sentence}</span>
      )}
      <span className="quiet figures">{format.instant(notice.created_at)}</span>
    </li>
  );
}

/** What happened that concerns the reader, newest first; showing it makes it read when `marksRead`. */
export function NoticeList({
  limit,
  marksRead = false,
  onOpen,
}: {
  limit?: number;
  marksRead?: boolean;
  onOpen?: () => void;
}) {
  const { t } = useTranslation(["desk", "common"]);
  const queries = useQueryClient();
  const pages = usePages(getListNoticesQueryKey({ limit }), (cursor, signal) =>
    listNotices({ cursor, limit: limit ?? 30 }, signal),
  );
  const { mutate: read } = useReadNotices({
    mutation: {
      onSuccess: (answer) => queries.setQueryData(getCountUnreadNoticesQueryKey(), answer),
    },
  });
  const newest = pages.rows[0];
  useEffect(() => {
    if (marksRead && newest?.unread) read({ data: { until: newest.id } });
  }, [marksRead, newest, read]);
  if (pages.problem && pages.rows.length === 0) return <Refusal of={pages.problem} onRetry={pages.reload} />;
  if (pages.isLoading) return <Skeleton active title={false} paragraph={{ rows: 6, width: "100%" }} />;
  if (pages.rows.length === 0) return <EmptyState text={t("desk:notices.empty")} />;
  return (
    <>
      <ul className="notices">
        {pages.rows.map((notice) => (
          <Notice key={notice.id} of={notice} onOpen={onOpen} />
        ))}
      </ul>
      {!limit && pages.loadMore && (
        <Button block loading={pages.isLoadingMore} onClick={pages.loadMore}>
          {t("common:list.more")}
        </Button>
      )}
    </>
  );
}
