import { DeleteOutlined } from "@ant-design/icons";
import { compare, subtract } from "@shared/decimal";
import { uuid7 } from "@shared/ids";
import { App, Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { uploadFile } from "@/gen/files/files";
import type { OrderOut } from "@/gen/model";
import { useRequestReturn } from "@/gen/orders/orders";
import { FilePicker } from "@/ui/attachments";
import { ReasonDialog } from "@/ui/reason-action";
import { QuantityRows } from "./quantity-rows";
import { useRefreshOrders } from "./refresh";
import { useQuantities } from "./use-quantities";

/** Sends the photos beside the return that stands; the names of those that did not get through. */
async function sendPhotos(returnId: string, photos: readonly File[]): Promise<string[]> {
  const failed: string[] = [];
  for (const file of photos) {
    await uploadFile({ file, use: "ATTACHMENT", subject_type: "return", subject_id: returnId }).catch(() =>
      failed.push(file.name),
    );
  }
  return failed;
}

function Photos({ of: photos, onChange }: { of: readonly File[]; onChange: (photos: File[]) => void }) {
  const { t } = useTranslation(["orders", "documents"]);
  return (
    <div className="field">
      <span>{t("return.photos")}</span>
      {photos.length > 0 && (
        <ul className="words">
          {photos.map((file) => (
            <li key={`${file.name} ${file.lastModified}`}>
              {file.name}{" "}
              <Button
                type="text"
                size="small"
                icon={<DeleteOutlined />}
                aria-label={`${t("documents:attachments.remove")} ${file.name}`}
                onClick={() => onChange(photos.filter((one) => one !== file))}
              />
            </li>
          ))}
        </ul>
      )}
      <FilePicker isPhotoFirst onPick={(picked) => onChange([...photos, ...picked])} />
    </div>
  );
}

/** Asks to give received goods back, at the price paid: which of them, how many, why, with photos. */
export function ReturnDialog({ order, onClose }: { order: OrderOut; onClose: () => void }) {
  const { t } = useTranslation("orders");
  const { message } = App.useApp();
  const refresh = useRefreshOrders();
  const [id] = useState(() => uuid7());
  const [photos, setPhotos] = useState<File[]>([]);
  const rows = order.lines
    .map((line) => ({ line, most: subtract(line.received, line.returned) }))
    .filter((row) => compare(row.most, "0") > 0);
  const quantities = useQuantities(rows, true);
  const request = useRequestReturn({
    mutation: {
      onSuccess: async (document) => {
        const failed = await sendPhotos(document.id, photos);
        void message.success(t("done.return", { number: document.number }));
        if (failed.length > 0)
          void message.warning(t("return.photos_failed", { names: failed.join(t("return.comma")) }), 8);
        refresh();
        onClose();
      },
    },
  });
  const isNone = quantities.parts.length === 0;
  return (
    <ReasonDialog
      isOpen
      title={t("return.title", { number: order.number })}
      explanation={t(isNone ? "return.choose" : "return.explanation")}
      confirm={t("action.return")}
      isReady={!isNone}
      isBusy={request.isPending}
      problem={request.error}
      onClose={onClose}
      onConfirm={(reason) =>
        request.mutate({ orderId: order.id, data: { id, reason, lines: quantities.parts } })
      }
    >
      <QuantityRows
        rows={rows}
        mostLabel={t("quantity.returnable")}
        values={quantities.values}
        onChange={quantities.change}
      />
      <Photos of={photos} onChange={setPhotos} />
    </ReasonDialog>
  );
}
