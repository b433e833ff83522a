import { DownOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PriceListPageOut } from "@/gen/model";
import {
  useApprovePriceList,
  useEndPriceList,
  usePublishPriceList,
  useRevisePriceList,
} from "@/gen/prices/prices";
import { ReasonDialog } from "@/ui/reason-action";

const MOVES = ["approve", "publish", "revise", "end"] as const;
type Move = (typeof MOVES)[number];

function useMoves(version: PriceListPageOut, onDone: (move: Move) => void) {
  const done = (move: Move) => ({ mutation: { onSuccess: () => onDone(move) } });
  const approve = useApprovePriceList(done("approve"));
  const publish = usePublishPriceList(done("publish"));
  const revise = useRevisePriceList(done("revise"));
  const end = useEndPriceList(done("end"));
  const versionId = version.id;
  return {
    approve: { ...approve, run: () => approve.mutate({ versionId }) },
    publish: { ...publish, run: () => publish.mutate({ versionId }) },
    revise: { ...revise, run: () => revise.mutate({ versionId }) },
    end: { ...end, run: (reason: string) => end.mutate({ versionId, data: { reason } }) },
  };
}

/** Approve, publish, take back, end: what this version allows, each said once more before it is done. */
export function VersionActions({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation(["prices", "common"]);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Move | null>(null);
  const moves = useMoves(version, (move) => {
    void message.success(t(`done.${move}`, { name: version.name }));
    setOpen(null);
    void queries.invalidateQueries({
      predicate: ({ queryKey: [first] }) =>
        typeof first === "string" && first.startsWith("/api/v1/price-lists"),
    });
  });
  const allowed = MOVES.filter((move) => version.allowed_actions.includes(move));
  const [main, ...rest] = allowed.filter((move) => move !== "end");
  const behind = [...rest, ...allowed.filter((move) => move === "end")];
  return (
    <>
      {main && (
        <Button type="primary" onClick={() => setOpen(main)}>
          {t(`action.${main}`)}
        </Button>
      )}
      {behind.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: behind.map((move) => ({ key: move, label: t(`action.${move}`), danger: move === "end" })),
            onClick: ({ key }) => setOpen(key as Move),
          }}
        >
          <Button icon={<DownOutlined />} iconPlacement="end">
            {t("common:action.more")}
          </Button>
        </Dropdown>
      )}
      {open && (
        <ReasonDialog
          isOpen
          isReasonNeeded={open === "end"}
          title={t(`action.${open}`)}
          explanation={t(`explanation.${open}`, { name: version.name })}
          confirm={t(`action.${open}`)}
          isBusy={moves[open].isPending}
          problem={moves[open].error}
          onClose={() => setOpen(null)}
          onConfirm={(reason) => moves[open].run(reason)}
        />
      )}
    </>
  );
}
