// What happens elsewhere, told to this device: a stream on the web. WeChat has no streams: there one asks from time to time.
import Taro from "@tarojs/taro";
import { IS_WEAPP } from "./server";

/** One look after another in WeChat: often enough to be told, rarely enough for a battery. */
const LOOK_MS = 45_000;

export interface Heard {
  /** It stands: from now on nothing is missed. */
  ready: () => void;
  /** The text of one event; null where only a moment to look again has come. */
  told: (text: string | null) => void;
  /** It broke, or was refused. */
  lost: () => void;
}

/** Listens at the address until what it answers is called. */
export function listen(address: string, { ready, told, lost }: Heard): () => void {
  if (IS_WEAPP) {
    const timer = setInterval(() => told(null), LOOK_MS);
    ready();
    return () => clearInterval(timer);
  }
  const source = new EventSource(address, { withCredentials: true });
  source.onopen = ready;
  source.onmessage = ({ data }: MessageEvent<string>) => told(data);
  source.onerror = () => {
    source.close(); // by itself it would knock every three seconds, on every phone at once
    lost();
  };
  return () => source.close();
}

/** Where the stream is: on the page's own address, or on the port that the server names beside it. */
export function streamAddress(
  liveUrl: string,
  page: { protocol: string; hostname: string; port: string },
): string {
  const [path = "", query = ""] = liveUrl.split("?");
  const port = /(?:^|&)port=(\d+)/.exec(query)?.[1];
  return port && page.port ? `${page.protocol}//${page.hostname}:${port}${path}` : path;
}

/** The stream's address on this device. */
export const addressHere = (liveUrl: string): string =>
  IS_WEAPP ? liveUrl : streamAddress(liveUrl, window.location);

/** Whether the app is in front, and every time that changes. */
export function onShown(then: (isShown: boolean) => void): () => void {
  if (IS_WEAPP) {
    const came = () => then(true);
    const went = () => then(false);
    Taro.onAppShow(came);
    Taro.onAppHide(went);
    then(true);
    return () => {
      Taro.offAppShow(came);
      Taro.offAppHide(went);
    };
  }
  const look = () => then(document.visibilityState === "visible");
  document.addEventListener("visibilitychange", look);
  look();
  return () => document.removeEventListener("visibilitychange", look);
}
