import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ComplaintKind } from "@/gen/model";
import { useComplain } from "@/gen/orders/orders";
import { lookAtFaulty } from "@/platform/faulty";
import { newId } from "@/platform/ids";
import { type Photo, sendPhotos } from "@/platform/photo";
import { Action } from "@/ui/action";
import { Chips } from "@/ui/chips";
import { Photos } from "@/ui/photos";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { TextArea } from "@/ui/text-area";
import { useReasons } from "@/ui/use-reasons";
import { useRefresh } from "./refresh";
import "@/ui/field.scss";

const KINDS = ["DAMAGED", "SHORT", "WRONG", "LATE", "OTHER"] as const satisfies readonly ComplaintKind[];

/** What is wrong with the goods of an order, in a few words and pictures. */
export function NewComplaint({
  orderId,
  mayAttach,
  onDone,
}: {
  orderId: string;
  mayAttach: boolean;
  onDone: () => void;
}) {
  const { t } = useTranslation("store-follow");
  const refresh = useRefresh();
  const [id] = useState(newId);
  const [kind, setKind] = useState<ComplaintKind>("DAMAGED");
  const [text, setText] = useState("");
  const [photos, setPhotos] = useState<Photo[]>([]);
  const [isAsked, setIsAsked] = useState(false);
  const send = useComplain({
    mutation: {
      onSuccess: async (complaint) => {
        const failed = await sendPhotos(photos, { type: "complaint", id: complaint.id });
        say(failed ? t("done.photos_failed", { count: failed }) : t("done.complained"));
        refresh();
        onDone();
      },
    },
  });
  const { reasonOf, rest } = useReasons(send.error, { text });
  const isEmpty = text.trim() === "";
  const go = () => {
    setIsAsked(true);
    if (isEmpty) lookAtFaulty();
    else send.mutate({ orderId, data: { id, kind, text: text.trim() } });
  };
  return (
    <>
      <p className="field-label">{t("complain.kind")}</p>
      <Chips
        isWrapped
        label={t("complain.kind")}
        value={kind}
        options={KINDS.map((value) => ({ value, label: t(`complain.kinds.${value}`) }))}
        onChange={setKind}
      />
      <TextArea
        label={t("complain.text")}
        hint={t("complain.text_hint")}
        value={text}
        most={500}
        problem={isAsked && isEmpty ? t("complain.text_needed") : reasonOf("text")}
        onChange={setText}
      />
      {mayAttach && (
        <>
          <p className="field-label">{t("complain.photos")}</p>
          <Photos value={photos} onChange={setPhotos} />
        </>
      )}
      {rest && <Refused error={rest} />}
      <Action isWide isBusy={send.isPending} onClick={go}>
        {t("complain.new")}
      </Action>
    </>
  );
}
