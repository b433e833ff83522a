import { getFile } from "@/gen/files/files";
import { http } from "@/http";

/** Hands a file to the browser under a name. */
export function save(content: string | Blob, name: string, type = ""): void {
  const address = URL.createObjectURL(typeof content === "string" ? new Blob([content], { type }) : content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  URL.revokeObjectURL(address);
}

/** Fetches a stored file and hands it to the browser under its own name. */
export async function downloadFile(id: string): Promise<void> {
  const [file, content] = await Promise.all([
    getFile(id),
    http<Blob>({ url: `/files/${id}/content`, method: "GET", responseType: "blob" }),
  ]);
  save(content, file.name);
}
