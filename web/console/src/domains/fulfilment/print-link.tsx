import { PrinterOutlined } from "@ant-design/icons";
import { writeSearch } from "@/ui/use-filters";

interface PrintLinkProps {
  kind: "delivery" | "pick";
  ids: readonly string[];
  label: string;
  warehouseId?: number;
}

/** Opens the paper in a tab of its own, without the shell around it. */
export function PrintLink({ kind, ids, label, warehouseId }: PrintLinkProps) {
  const search = writeSearch({
    ...(kind === "pick" ? { order: [...ids] } : { id: [...ids] }),
    warehouse: warehouseId === undefined ? undefined : String(warehouseId),
  });
  return (
    <a
      className="ant-btn ant-btn-default print-link"
      href={`/print/${kind}${search}`}
      target="_blank"
      rel="noreferrer"
    >
      <PrinterOutlined aria-hidden /> {label}
    </a>
  );
}
