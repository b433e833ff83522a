import { useInfiniteQuery, useQueryClient } from "@tanstack/react-query";
import { useDidHide, useUnload } from "@tarojs/taro";
import { useTranslation } from "react-i18next";
import { NoticeList } from "@/domains/home/notice-list";
import {
  getCountUnreadNoticesQueryKey,
  getListNoticesQueryKey,
  listNotices,
  useReadNotices,
} from "@/gen/desk/desk";
import { Action } from "@/ui/action";
import { Page } from "@/ui/page";
import { Answered, Empty } from "@/ui/states";

/** All notices; they count as read once one has left the page. */
export default function MessagesPage() {
  const { t } = useTranslation(["store-mine", "store"]);
  const queries = useQueryClient();
  const notices = useInfiniteQuery({
    queryKey: [...getListNoticesQueryKey(), "pages"],
    queryFn: ({ pageParam, signal }) => listNotices({ cursor: pageParam, limit: 30 }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  });
  const read = useReadNotices({
    mutation: {
      onSuccess: (unread) => {
        queries.setQueryData(getCountUnreadNoticesQueryKey(), unread);
        void queries.invalidateQueries({ queryKey: getListNoticesQueryKey() });
      },
    },
  });
  const newest = notices.data?.pages[0]?.items[0];
  const leave = () => {
    if (newest?.unread) read.mutate({ data: { until: newest.id } });
  };
  // On to a document the page is hidden, back to where one came from it is taken away.
  useDidHide(leave);
  useUnload(leave);
  return (
    <Page title={t("messages.title")}>
      <Answered of={notices}>
        {({ pages }) => {
          const items = pages.flatMap((page) => page.items);
          return items.length ? <NoticeList of={items} /> : <Empty icon="bell" text={t("messages.none")} />;
        }}
      </Answered>
      {notices.hasNextPage && (
        <Action
          kind="plain"
          isWide
          isBusy={notices.isFetchingNextPage}
          onClick={() => void notices.fetchNextPage()}
        >
          {t("store:more")}
        </Action>
      )}
    </Page>
  );
}
