import { DownOutlined } from "@ant-design/icons";
import { money } from "@shared/money";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerPageOut, PartnerStatus } from "@/gen/model";
import { useMovePartnerStatus, usePartnerFigures } from "@/gen/partners/partners";
import { ReasonDialog } from "@/ui/reason-action";
import { usePartnerRefresh } from "./refresh";

const MOVES = { activate: "ACTIVE", freeze: "FROZEN", end: "ENDED" } as const satisfies Record<
  string,
  PartnerStatus
>;
type Move = keyof typeof MOVES;

/** What the move does, with what stands open at this moment. */
function Effect({ of: partner, move }: { of: PartnerPageOut; move: Move }) {
  const { t } = useTranslation("partners");
  const { data } = usePartnerFigures({ id: [partner.id] });
  const figures = data?.[0];
  const points = [t(`explanation.${move}`, { name: partner.name }), t(`effect.${move}_people`)];
  if (move !== "activate" && figures?.open_orders)
    points.push(t("effect.orders", { count: figures.open_orders }));
  if (move === "end" && figures?.balance)
    points.push(t("effect.balance", { balance: money(figures.balance, figures.currency ?? "CNY") }));
  return (
    <ul className="words">
      {points.map((point) => (
        <li key={point}>{point}</li>
      ))}
    </ul>
  );
}

/** The moves this document allows, each with a reason that is kept. */
export function PartnerActions({ of: partner }: { of: PartnerPageOut }) {
  const { t } = useTranslation(["partners", "common"]);
  const { message } = App.useApp();
  const refresh = usePartnerRefresh();
  const [open, setOpen] = useState<Move | null>(null);
  const move = useMovePartnerStatus({
    mutation: {
      onSuccess: (changed) => {
        void message.success(t("done", { name: changed.name, state: t(`state.${changed.status}`) }));
        setOpen(null);
        refresh();
      },
    },
  });
  const moves = (Object.keys(MOVES) as Move[]).filter((name) => partner.allowed_actions.includes(name));
  if (moves.length === 0) return null;
  return (
    <>
      <Dropdown
        trigger={["click"]}
        menu={{
          items: moves.map((name) => ({
            key: name,
            label: t(`action.${name}`),
            danger: name !== "activate",
          })),
          onClick: ({ key }) => {
            move.reset();
            setOpen(key as Move);
          },
        }}
      >
        <Button icon={<DownOutlined />} iconPlacement="end">
          {t("common:action.more")}
        </Button>
      </Dropdown>
      {open && (
        <ReasonDialog
          isOpen
          title={t(`action.${open}`)}
          explanation={<Effect of={partner} move={open} />}
          confirm={t(`action.${open}`)}
          isBusy={move.isPending}
          problem={move.error}
          onClose={() => setOpen(null)}
          onConfirm={(reason) =>
            move.mutate({
              partnerId: partner.id,
              data: { status: MOVES[open], reason, version: partner.version },
            })
          }
        />
      )}
    </>
  );
}
