import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { BulkResults } from "@/ui/bulk";
import { ReasonDialog } from "@/ui/reason-action";
import { useBulk } from "@/ui/use-bulk";
import type { StockDocument } from "./document-list";
import { useRefreshStock } from "./refresh";

/** One thing that can be done to documents, each through the same door as from its own page. */
export interface Move<Row extends StockDocument> {
  /** As the server names it in `allowed_actions`. */
  action: string;
  label: string;
  /** What will happen to each of them. */
  text: string;
  isReasonNeeded?: boolean;
  /** Resolves to what became of it, in words. */
  act: (row: Row, note: string) => Promise<string>;
}

interface MoveManyProps<Row extends StockDocument> {
  rows: readonly Row[];
  move: Move<Row>;
  isMain: boolean;
  onDone: () => void;
}

function MoveMany<Row extends StockDocument>({ rows, move, isMain, onDone }: MoveManyProps<Row>) {
  const { t } = useTranslation("inventory");
  const [isAsked, setIsAsked] = useState(false);
  const bulk = useBulk<string>(useRefreshStock());
  const able = rows.filter((row) => row.allowed_actions.includes(move.action));
  const others = rows.length - able.length;
  const start = (note: string) => {
    setIsAsked(false);
    const byId = new Map(able.map((row) => [row.id, row]));
    bulk.run(
      able.map((row) => ({ key: row.id, name: row.number })),
      (id) => {
        const row = byId.get(id);
        return row ? move.act(row, note) : Promise.reject(new Error(id));
      },
    );
  };
  const close = () => {
    bulk.close();
    if (bulk.rows.every((row) => row.state === "DONE")) onDone();
  };
  return (
    <>
      <Button
        type={isMain ? "primary" : "default"}
        danger={move.isReasonNeeded}
        disabled={able.length === 0}
        onClick={() => setIsAsked(true)}
      >
        {t("bulk.button", { action: move.label, count: able.length })}
      </Button>
      {isAsked && (
        <ReasonDialog
          isOpen
          isReasonNeeded={move.isReasonNeeded ?? false}
          title={t("bulk.title", { action: move.label, count: able.length })}
          explanation={
            <>
              <p>{move.text}</p>
              <p className="quiet">{t("bulk.each")}</p>
              {others > 0 && <p className="quiet">{t("bulk.others", { count: others })}</p>}
            </>
          }
          confirm={t("bulk.button", { action: move.label, count: able.length })}
          isBusy={bulk.isRunning}
          problem={null}
          onClose={() => setIsAsked(false)}
          onConfirm={start}
        />
      )}
      <BulkResults of={{ ...bulk, close }} title={move.label} say={(words) => words} />
    </>
  );
}

/** For the chosen documents: one decision for all of them, and what became of each. */
export function DocumentBulk<Row extends StockDocument>({
  rows,
  moves,
  onDone,
}: {
  rows: readonly Row[];
  moves: readonly Move<Row>[];
  onDone: () => void;
}) {
  return moves.map((move, place) => (
    <MoveMany key={move.action} rows={rows} move={move} isMain={place === 0} onDone={onDone} />
  ));
}
