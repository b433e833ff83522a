import { App, Button, Popconfirm } from "antd";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useUpdateProduct } from "@/gen/catalog/catalog";
import { uploadFile, useListFilesOfDocument, useRemoveFile } from "@/gen/files/files";
import type { ProductOut } from "@/gen/model";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { Picture } from "./goods";
import { useCatalogRefresh } from "./refresh";

const addressOf = (id: string): string => `/api/v1/files/${id}/content`;

/** The pictures of a product: those that were sent, and which one lists and shops show. */
export function ProductPictures({
  of: product,
  mayChange,
  userId,
}: {
  of: ProductOut;
  mayChange: boolean;
  userId: number;
}) {
  const { t } = useTranslation(["catalog", "common"]);
  const { message } = App.useApp();
  const refresh = useCatalogRefresh();
  const input = useRef<HTMLInputElement>(null);
  const [isSending, setIsSending] = useState(false);
  const [problem, setProblem] = useState<unknown>(null);
  const subject = { subject_type: "product", subject_id: String(product.id) };
  const files = useListFilesOfDocument(subject, { query: { enabled: mayChange } });
  const update = useUpdateProduct({
    mutation: {
      onSuccess: () => {
        void message.success(t("picture.shown"));
        refresh();
      },
    },
  });
  const remove = useRemoveFile({ mutation: { onSuccess: refresh } });
  const show = (image: string) =>
    update.mutate({
      productId: product.id,
      data: {
        name: product.name,
        category_id: product.category_id,
        brand_id: product.brand_id,
        description: product.description,
        custom: product.custom as never,
        image,
        version: product.version,
      },
    });
  const send = async (chosen: FileList | null) => {
    setProblem(null);
    setIsSending(true);
    try {
      let first = "";
      for (const file of chosen ?? []) {
        const kept = await uploadFile({ ...subject, file, use: "PICTURE", shown_to_all: true });
        first ||= addressOf(kept.id);
      }
      if (first && !product.image) show(first);
    } catch (error) {
      setProblem(error);
    } finally {
      setIsSending(false);
      refresh();
    }
  };
  const pictures = files.data?.filter((file) => file.has_thumbnail) ?? [];
  return (
    <Card
      title={t("picture.title")}
      extra={
        mayChange && (
          <Button loading={isSending} onClick={() => input.current?.click()}>
            {t("picture.add")}
          </Button>
        )
      }
    >
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept="image/png,image/jpeg,image/webp"
        aria-label={t("picture.add")}
        onChange={(event) => {
          void send(event.target.files);
          event.target.value = "";
        }}
      />
      <div className="stack">
        {product.image ? (
          <Picture key={product.image} of={product} isLarge />
        ) : (
          <p className="quiet">{t("picture.none")}</p>
        )}
        <Refusal of={problem ?? update.error ?? remove.error ?? files.error} />
        {mayChange && <p className="quiet">{t("picture.hint")}</p>}
        <ul className="pictures">
          {pictures.map((file) => (
            <li key={file.id}>
              <img src={`/api/v1/files/${file.id}/thumbnail`} alt={file.name} loading="lazy" />
              {product.image === addressOf(file.id) ? (
                <span className="quiet">{t("picture.is_shown")}</span>
              ) : (
                <span className="row-actions">
                  <Button
                    size="small"
                    type="text"
                    loading={update.isPending}
                    aria-label={`${t("picture.show")} ${file.name}`}
                    onClick={() => show(addressOf(file.id))}
                  >
                    {t("picture.show")}
                  </Button>
                  {file.created_by === userId && (
                    <Popconfirm
                      title={t("picture.remove_sure")}
                      okText={t("remove")}
                      cancelText={t("common:action.back")}
                      onConfirm={() => remove.mutate({ fileId: file.id })}
                    >
                      <Button size="small" type="text" danger aria-label={`${t("remove")} ${file.name}`}>
                        {t("remove")}
                      </Button>
                    </Popconfirm>
                  )}
                </span>
              )}
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
