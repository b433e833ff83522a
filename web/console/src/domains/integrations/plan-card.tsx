import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportEntityOut, ImportOut } from "@/gen/model";
import type { Column } from "@/ui/data-table";
import { Card } from "@/ui/page";
import { SimpleTable } from "@/ui/simple-table";
import { useTitle } from "./import-words";
import { MappingEditor } from "./mapping-editor";

interface Line {
  place: number;
  cells: readonly string[];
}

function Head({ title, meaning }: { title: string; meaning: string }) {
  return (
    <span className="cell-two">
      <span>{title}</span>
      <span className="quiet">{meaning}</span>
    </span>
  );
}

/** How the file is read: each column with its field and its first rows; changed where it was read wrongly. */
export function PlanCard({ of: row, entity }: { of: ImportOut; entity: ImportEntityOut | undefined }) {
  const { t } = useTranslation(["imports", "common"]);
  const title = useTitle();
  const [isOpen, setIsOpen] = useState(false);
  const { plan } = row;
  if (plan.columns.length === 0) return null;
  const fieldTitle = (name: string) => {
    const field = entity?.fields.find((one) => one.name === name);
    return field ? title(field) : name;
  };
  const columns = plan.columns.map(
    (column, place): Column<Line> => ({
      key: column.column,
      title: (
        <Head
          title={column.title || column.column}
          meaning={column.field ? `→ ${fieldTitle(column.field)}` : t("mapping.leave_out")}
        />
      ),
      width: 150,
      render: (line) => <span className="cell-clip">{line.cells[place]}</span>,
    }),
  );
  const mayChange = entity !== undefined && !["CHECKING", "RUNNING"].includes(row.state);
  return (
    <Card
      title={t("plan_title")}
      flush
      extra={
        <span className="row-actions">
          <span className="quiet">{t("plan_note", { row: plan.header_row })}</span>
          {mayChange && (
            <Button size="small" onClick={() => setIsOpen(true)}>
              {t("mapping.title")}
            </Button>
          )}
        </span>
      }
    >
      <SimpleTable
        columns={columns}
        rows={plan.sample.slice(0, 5).map((cells, place) => ({ place, cells }))}
        rowKey={(line) => line.place}
      />
      {plan.missing.length > 0 && (
        <p className="quiet card-body">
          {t("column_missing", { names: plan.missing.map(fieldTitle).join(t("common:list.separator")) })}
        </p>
      )}
      {isOpen && entity && <MappingEditor of={row} entity={entity} onClose={() => setIsOpen(false)} />}
    </Card>
  );
}
