import { PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
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
    <Button icon={<PrinterOutlined />} href={`/print/${kind}${search}`} target="_blank" rel="noreferrer">
      {label}
    </Button>
  );
}
