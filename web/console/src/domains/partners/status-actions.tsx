import { DownOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerPageOut, PartnerStatus } from "@/gen/model";
import { useMovePartnerStatus } from "@/gen/partners/partners";
import { ReasonDialog } from "@/ui/reason-action";

const MOVES = { activate: "ACTIVE", freeze: "FROZEN", end: "ENDED" } as const satisfies Record<
  string,
  PartnerStatus
>;
type Move = keyof typeof MOVES;

/** The moves this document allows, each with a reason that is kept. */
export function PartnerActions({ of: partner }: { of: PartnerPageOut }) {
  const { t } = useTranslation(["partners", "common"]);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Move | null>(null);
  const move = useMovePartnerStatus({
    mutation: {
      onSuccess: (changed) => {
        void message.success(t("done", { name: changed.name, state: t(`state.${changed.status}`) }));
        setOpen(null);
        void queries.invalidateQueries({
          predicate: ({ queryKey: [first] }) =>
            typeof first === "string" && first.startsWith("/api/v1/partners"),
        });
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
          explanation={t(`explanation.${open}`, { name: partner.name })}
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
