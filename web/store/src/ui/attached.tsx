import { useTranslation } from "react-i18next";
import { useListFilesOfDocument } from "@/gen/files/files";
import { addressOf } from "@/http";
import { IS_WEAPP } from "@/platform/server";
import "./photos.scss";

/** The pictures beside a document. WeChat shows no picture that asks who one is, so there only their number is said. */
export function Attached({ subjectType, subjectId }: { subjectType: string; subjectId: string }) {
  const { t } = useTranslation("store-follow");
  const files = useListFilesOfDocument({ subject_type: subjectType, subject_id: subjectId }).data;
  const pictures = files?.filter((file) => file.has_thumbnail) ?? [];
  if (pictures.length === 0) return null;
  if (IS_WEAPP) return <p className="soft">{t("photo.attached", { count: pictures.length })}</p>;
  return (
    <div className="photos">
      {pictures.map((file, index) => (
        <a
          key={file.id}
          className="photo"
          href={addressOf(`/files/${file.id}/content`)}
          target="_blank"
          rel="noreferrer"
        >
          <img
            className="photo-picture"
            src={addressOf(`/files/${file.id}/thumbnail`)}
            alt={t("photo.count", { number: index + 1 })}
          />
        </a>
      ))}
    </div>
  );
}
