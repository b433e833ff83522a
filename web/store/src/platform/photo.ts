// Pictures: taken or chosen, made small, sent. WeChat has its own camera and its own way to send; the web an input.
import Taro from "@tarojs/taro";
import type { StoredFileOut } from "@/gen/model";
import { addressOf, headersOf } from "../http";
import { isProblem, problemOf } from "../problem";
import { newId } from "./ids";
import { IS_WEAPP } from "./server";

/** A picture on this device. `path` shows it and names it for WeChat; `blob` is what the web sends. */
export interface Photo {
  id: string;
  path: string;
  blob?: Blob;
}

export interface Subject {
  type: string;
  id: string;
}

const LONGEST = 1600;
const QUALITY = 0.8;

/** Lets somebody take or choose up to `most` pictures; none when they thought better of it. */
export function takePhotos(most: number): Promise<Photo[]> {
  return IS_WEAPP ? chooseInWechat(most) : chooseOnTheWeb(most);
}

async function chooseInWechat(most: number): Promise<Photo[]> {
  try {
    const chosen = await Taro.chooseMedia({
      count: Math.min(9, most),
      mediaType: ["image"],
      sizeType: ["compressed"],
    });
    return chosen.tempFiles.map((file) => ({ id: newId(), path: file.tempFilePath }));
  } catch {
    return []; // put away without choosing
  }
}

function chooseOnTheWeb(most: number): Promise<Photo[]> {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = "image/*";
  input.multiple = most > 1;
  input.hidden = true;
  input.dataset.photo = "";
  document.body.append(input);
  return new Promise((resolve) => {
    const end = (photos: Photo[]) => {
      input.remove();
      resolve(photos);
    };
    input.addEventListener("cancel", () => end([]));
    input.addEventListener("change", () => {
      const files = [...(input.files ?? [])].slice(0, most);
      void Promise.all(files.map(shrink)).then((blobs) =>
        end(blobs.map((blob) => ({ id: newId(), path: URL.createObjectURL(blob), blob }))),
      );
    });
    input.click();
  });
}

/** At most 1,600 points wide and high, as JPEG; what cannot be read as a picture goes as it is, and the server judges. */
async function shrink(file: Blob): Promise<Blob> {
  try {
    const picture = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
    const small = await new Promise<Blob | null>((made) => canvas.toBlob(made, "image/jpeg", QUALITY));
    return small && small.size < file.size ? small : file;
  } catch {
    return file;
  }
}

/** Sends a picture beside a document that stands. Rejects with a Problem; the photo's id keeps it from being stored twice. */
export function sendPhoto(photo: Photo, subject: Subject): Promise<StoredFileOut> {
  const fields = { use: "ATTACHMENT", subject_type: subject.type, subject_id: subject.id };
  const header = { ...headersOf("POST"), "Idempotency-Key": photo.id };
  return IS_WEAPP ? sendInWechat(photo, fields, header) : sendOnTheWeb(photo, fields, header);
}

function answerOf(status: number, data: unknown): StoredFileOut {
  if (status < 400) return data as StoredFileOut;
  throw isProblem(data) ? data : problemOf("client.unreadable", status);
}

async function sendInWechat(
  photo: Photo,
  formData: Record<string, string>,
  header: Record<string, string>,
): Promise<StoredFileOut> {
  const sent = await Taro.uploadFile({
    url: addressOf("/files"),
    filePath: photo.path,
    name: "file",
    formData,
    header,
  }).catch(() => {
    throw problemOf("client.offline", 0);
  });
  return answerOf(sent.statusCode, read(sent.data));
}

const read = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
};

async function sendOnTheWeb(
  photo: Photo,
  fields: Record<string, string>,
  headers: Record<string, string>,
): Promise<StoredFileOut> {
  const body = new FormData();
  if (photo.blob) body.append("file", photo.blob, `${photo.id}.jpg`);
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  // biome-ignore lint/style/noRestrictedGlobals: a form with a picture; the generated client speaks JSON only
  const answer = await fetch(addressOf("/files"), {
    method: "POST",
    body,
    headers,
    credentials: "same-origin",
  }).catch(() => {
    throw problemOf("client.offline", 0);
  });
  return answerOf(answer.status, read(await answer.text()));
}

/** Sends all of them; answers how many did not get through. The document they belong to stands in any case. */
export async function sendPhotos(photos: readonly Photo[], subject: Subject): Promise<number> {
  let failed = 0;
  for (const photo of photos) await sendPhoto(photo, subject).catch(() => (failed += 1));
  return failed;
}
