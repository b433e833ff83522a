// Whether there is a network, as far as the device knows: it may be wrong, a captive portal looks like one.
import Taro from "@tarojs/taro";
import { IS_WEAPP } from "./server";

/** Calls back when the device thinks that its network came or went. */
export function onNetwork(then: (isThere: boolean) => void): () => void {
  if (IS_WEAPP) {
    const told = ({ isConnected }: { isConnected: boolean }) => then(isConnected);
    Taro.onNetworkStatusChange(told);
    return () => Taro.offNetworkStatusChange(told);
  }
  const came = () => then(true);
  const went = () => then(false);
  window.addEventListener("online", came);
  window.addEventListener("offline", went);
  return () => {
    window.removeEventListener("online", came);
    window.removeEventListener("offline", went);
  };
}

/** Calls back when the app comes to the front again. */
export function onFront(then: () => void): () => void {
  if (IS_WEAPP) {
    Taro.onAppShow(then);
    return () => Taro.offAppShow(then);
  }
  const look = () => document.visibilityState === "visible" && then();
  document.addEventListener("visibilitychange", look);
  window.addEventListener("pageshow", then);
  return () => {
    document.removeEventListener("visibilitychange", look);
    window.removeEventListener("pageshow", then);
  };
}

/** Tells, once, that there is no network when the app starts; a device that thinks it has one says nothing. */
export function whenStartedWithout(then: () => void): void {
  if (IS_WEAPP)
    void Taro.getNetworkType().then(
      ({ networkType }) => networkType === "none" && then(),
      () => undefined,
    );
  else if (!navigator.onLine) then();
}
