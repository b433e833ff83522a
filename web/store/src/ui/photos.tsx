import { useTranslation } from "react-i18next";
import { type Photo, takePhotos } from "@/platform/photo";
import { inFrame } from "@/platform/picture";
import { Icon } from "./icon";
import { Tap } from "./tap";
import "./photos.scss";

const MOST = 9;

/** Pictures to send beside a document: taken or chosen, shown small, taken away again. */
export function Photos({
  value,
  onChange,
}: {
  value: readonly Photo[];
  onChange: (photos: Photo[]) => void;
}) {
  const { t } = useTranslation("store-follow");
  const add = async () => {
    const taken = await takePhotos(MOST - value.length);
    if (taken.length > 0) onChange([...value, ...taken]);
  };
  return (
    <div className="photos">
      {value.map((photo, index) => (
        <div key={photo.id} className="photo">
          <img
            className="photo-picture"
            src={photo.path}
            alt={t("photo.count", { number: index + 1 })}
            {...inFrame("cover")}
          />
          <Tap
            className="photo-remove"
            aria-label={t("photo.remove", { number: index + 1 })}
            onClick={() => onChange(value.filter((one) => one !== photo))}
          >
            <span className="photo-cross">
              <Icon name="close" />
            </span>
          </Tap>
        </div>
      ))}
      {value.length < MOST && (
        <Tap className="photo-add" onClick={() => void add()}>
          <Icon name="camera" />
          {t("photo.add")}
        </Tap>
      )}
    </div>
  );
}
