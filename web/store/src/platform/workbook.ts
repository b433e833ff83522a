// A list as a file: from the device on the web, from a chat in WeChat.
import Taro from "@tarojs/taro";
import type { StoredFileOut } from "@/gen/model";
import { addressOf, headersOf } from "../http";
import { isProblem, problemOf } from "../problem";
import { newId } from "./ids";
import { IS_WEAPP } from "./server";

export interface Workbook {
  name: string;
  path: string;
}

const ENDINGS = ["xlsx", "xlsm", "csv", "txt"];

/** Lets somebody choose one file; null when they thought better of it. */
export async function chooseWorkbook(): Promise<Workbook | null> {
  if (!IS_WEAPP) return chooseOnTheWeb();
  try {
    const { tempFiles } = await Taro.chooseMessageFile({ count: 1, type: "file", extension: ENDINGS });
    const [file] = tempFiles;
    return file ? { name: file.name, path: file.path } : null;
  } catch {
    return null;
  }
}

function chooseOnTheWeb(): Promise<Workbook | null> {
  const input = document.createElement("input");
  input.type = "file";
  input.accept = ENDINGS.map((ending) => `.${ending}`).join(",");
  input.hidden = true;
  document.body.append(input);
  return new Promise((resolve) => {
    const end = (file: File | undefined) => {
      input.remove();
      resolve(file ? { name: file.name, path: URL.createObjectURL(file) } : null);
    };
    input.addEventListener("cancel", () => end(undefined));
    input.addEventListener("change", () => end(input.files?.[0]));
    input.click();
  });
}

/** Sends the file to be read. Rejects with a Problem. */
export async function sendWorkbook(file: Workbook): Promise<StoredFileOut> {
  const sent = await Taro.uploadFile({
    url: addressOf("/files"),
    filePath: file.path,
    fileName: file.name,
    name: "file",
    formData: { use: "SHEET" },
    header: { ...headersOf("POST"), "Idempotency-Key": newId() },
  }).catch(() => {
    throw problemOf("client.offline", 0);
  });
  const data = typeof sent.data === "string" ? readJson(sent.data) : sent.data;
  if (sent.statusCode < 400 && data) return data as StoredFileOut;
  throw isProblem(data) ? data : problemOf("client.unreadable", sent.statusCode);
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
