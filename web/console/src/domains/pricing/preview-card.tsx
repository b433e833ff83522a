import { useGetOrganization } from "@/gen/access/access";
import type { Column } from "@/ui/data-table";
import { Card } from "@/ui/page";
import { SimpleTable } from "@/ui/simple-table";

/** What one partner would pay, now and then. */
export function PreviewCard<Line extends { key: string }>({
  buyerId,
  columns,
  lines,
}: {
  buyerId: number;
  columns: Column<Line>[];
  lines: Line[];
}) {
  const name = useOrganizationName(buyerId);
  return (
    <Card title={name} flush>
      <SimpleTable
        columns={columns}
        rows={lines}
        rowKey={(line) => line.key}
        card={(line) => {
          const cell = (key: string) => columns.find((column) => column.key === key)?.render(line);
          return (
            <>
              <div className="phone-row">
                {cell("goods")}
                {cell("why")}
              </div>
              <div className="phone-row figures">
                <span>
                  {cell("now")} → <strong>{cell("next")}</strong>
                </span>
                {cell("percent")}
              </div>
              <div className="phone-row figures">
                {cell("quantity")}
                {cell("amount")}
              </div>
            </>
          );
        }}
      />
    </Card>
  );
}

function useOrganizationName(id: number): string {
  const { data } = useGetOrganization(id, { query: { staleTime: 600_000 } });
  return data?.name ?? "";
}
