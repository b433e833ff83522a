// Reading a barcode: WeChat has a scanner of its own, on the web the camera's pictures are read here.
import Taro from "@tarojs/taro";
import { IS_WEAPP } from "./server";

export type ScanTrouble = "denied" | "none" | "insecure";

/** Whether the host brings a scanner; else a page shows the camera itself. */
export const HAS_SCANNER: boolean = IS_WEAPP;

/** The code that WeChat's scanner read; null when somebody went back. */
export async function scanned(): Promise<string | null> {
  try {
    const { result } = await Taro.scanCode({ scanType: ["barCode", "qrCode"] });
    return result || null;
  } catch {
    return null;
  }
}

/** Shows the camera in the video element and tells the first code it reads, or why it cannot. Answers the stop. */
export function watchCamera(
  videoId: string,
  onCode: (code: string) => void,
  onReady: () => void,
  onTrouble: (why: ScanTrouble) => void,
): () => void {
  let isOver = false;
  let stop = () => undefined as undefined;
  if (!navigator.mediaDevices?.getUserMedia) {
    onTrouble(window.isSecureContext ? "none" : "insecure");
    return stop;
  }
  const start = async () => {
    const { BrowserMultiFormatReader } = await import("@zxing/browser");
    const video = document.getElementById(videoId);
    if (isOver || !video) return;
    const reader = new BrowserMultiFormatReader();
    const controls = await reader.decodeFromConstraints(
      { video: { facingMode: "environment" } },
      video as HTMLVideoElement,
      (result) => {
        if (!result || isOver) return;
        isOver = true;
        onCode(result.getText());
      },
    );
    stop = () => {
      controls.stop();
      return undefined;
    };
    if (isOver) stop();
    else onReady();
  };
  start().catch((error: unknown) => {
    const name = error instanceof Error ? error.name : "";
    if (!isOver) onTrouble(name === "NotAllowedError" || name === "SecurityError" ? "denied" : "none");
  });
  return () => {
    isOver = true;
    stop();
    return undefined;
  };
}
