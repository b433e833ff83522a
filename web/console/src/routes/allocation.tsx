import { Tabs } from "antd";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { ShortageList } from "@/domains/fulfilment/shortage-list";
import { WaitingList } from "@/domains/fulfilment/waiting-list";
import { Page } from "@/ui/page";
import { one, useFilters } from "@/ui/use-filters";

const BOARDS = ["orders", "goods"] as const;

/** What waits to be shipped, by order; and what is short, by goods. */
export function AllocationPage() {
  const { t } = useTranslation("fulfilment");
  const session = useSession();
  const [filters, change] = useFilters();
  const board = BOARDS.find((known) => known === one(filters.board)) ?? "orders";
  const mayShip = session.scopes.has("orders:ship");
  return (
    <Page title={t("waiting.title")} note={t(board === "orders" ? "waiting.about" : "shortage.about")}>
      <Tabs
        className="tabs"
        type="card"
        activeKey={board}
        items={BOARDS.map((key) => ({ key, label: t(`board.${key}`) }))}
        onChange={(key) =>
          change({
            board: key === "orders" ? undefined : key,
            q: undefined,
            view: undefined,
            warehouse: undefined,
          })
        }
      />
      {board === "orders" ? (
        <WaitingList organizationId={session.organizationId} mayShip={mayShip} />
      ) : (
        <ShortageList mayShip={mayShip} />
      )}
    </Page>
  );
}
