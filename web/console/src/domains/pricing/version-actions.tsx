import { DownOutlined } from "@ant-design/icons";
import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Dropdown } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { PriceListPageOut } from "@/gen/model";
import {
  useApprovePriceList,
  useDiscardPriceList,
  useEndPriceList,
  usePublishPriceList,
  useRevisePriceList,
} from "@/gen/prices/prices";
import { ReasonDialog } from "@/ui/reason-action";
import { Consequences } from "./consequences";
import { NewVersionDialog } from "./new-version-dialog";
import { refreshPrices } from "./refresh";

const MOVES = ["approve", "publish", "revise", "end", "discard"] as const;
type Move = (typeof MOVES)[number];
/** Asked with a reason: what cannot simply be taken back. */
const GRAVE: ReadonlySet<Move> = new Set(["end", "discard"]);

function useMoves(version: PriceListPageOut, onDone: (move: Move) => void) {
  const done = (move: Move) => ({ mutation: { onSuccess: () => onDone(move) } });
  const approve = useApprovePriceList(done("approve"));
  const publish = usePublishPriceList(done("publish"));
  const revise = useRevisePriceList(done("revise"));
  const end = useEndPriceList(done("end"));
  const discard = useDiscardPriceList(done("discard"));
  const versionId = version.id;
  return {
    approve: { ...approve, run: () => approve.mutate({ versionId }) },
    publish: { ...publish, run: () => publish.mutate({ versionId }) },
    revise: { ...revise, run: () => revise.mutate({ versionId }) },
    end: { ...end, run: (reason: string) => end.mutate({ versionId, data: { reason } }) },
    discard: { ...discard, run: (reason: string) => discard.mutate({ versionId, data: { reason } }) },
  };
}

/** Approve, publish, take back, end, discard, revise: what this version allows, each said once more before it is done. */
export function VersionActions({ of: version }: { of: PriceListPageOut }) {
  const { t } = useTranslation(["prices", "common"]);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const [open, setOpen] = useState<Move | null>(null);
  const [isNew, setIsNew] = useState(false);
  const moves = useMoves(version, (move) => {
    void message.success(t(`done.${move}`, { name: version.name }));
    setOpen(null);
    refreshPrices(queries);
  });
  const allowed = MOVES.filter((move) => version.allowed_actions.includes(move));
  const [main, ...rest] = allowed.filter((move) => !GRAVE.has(move));
  const behind = [...rest, ...allowed.filter((move) => GRAVE.has(move))];
  const isOver = version.state === "PUBLISHED" || version.state === "ENDED";
  const canSucceed = isOver && version.allowed_actions.includes("succeed");
  return (
    <>
      {canSucceed && (
        <Button type={main ? "default" : "primary"} onClick={() => setIsNew(true)}>
          {t("action.succeed")}
        </Button>
      )}
      {main && (
        <Button type="primary" onClick={() => setOpen(main)}>
          {t(`action.${main}`)}
        </Button>
      )}
      {behind.length > 0 && (
        <Dropdown
          trigger={["click"]}
          menu={{
            items: behind.map((move) => ({ key: move, label: t(`action.${move}`), danger: GRAVE.has(move) })),
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
          isReasonNeeded={GRAVE.has(open)}
          title={t(`action.${open}`)}
          explanation={t(`explanation.${open}`, { name: version.name })}
          confirm={t(`action.${open}`)}
          isBusy={moves[open].isPending}
          problem={moves[open].error}
          onClose={() => setOpen(null)}
          onConfirm={(reason) => moves[open].run(reason)}
        >
          {(open === "publish" || open === "approve") && <Consequences of={version} isShort />}
        </ReasonDialog>
      )}
      {isNew && <NewVersionDialog of={version} onClose={() => setIsNew(false)} />}
    </>
  );
}
