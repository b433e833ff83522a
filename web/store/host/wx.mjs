// The `wx` of the emulated host: what the mini-program uses, behaving as WeChat documents it. What is not here is
// not there: Taro then says that it is not supported, and the host counts that as a complaint.
import { networkCalls } from "./network.mjs";

const SYSTEM = {
  brand: "huiliu",
  model: "emulated host",
  pixelRatio: 2,
  screenWidth: 390,
  screenHeight: 844,
  windowWidth: 390,
  windowHeight: 756,
  statusBarHeight: 47,
  language: "zh_CN",
  version: "8.0.50",
  system: "Android 14",
  platform: "android",
  SDKVersion: "3.6.0",
  theme: "light",
  fontSizeSetting: 16,
  safeArea: { left: 0, right: 390, top: 47, bottom: 810, width: 390, height: 763 },
};

/** An asynchronous call as WeChat has them: an object in, one of two callbacks out, later. */
export const later =
  (name, work) =>
  (options = {}) => {
    Promise.resolve()
      .then(() => work(options))
      .then(
        (result) => {
          const answer = { errMsg: `${name}:ok`, ...result };
          options.success?.(answer);
          options.complete?.(answer);
        },
        (error) => {
          const answer = { errMsg: `${name}:fail ${error.message}` };
          options.fail?.(answer);
          options.complete?.(answer);
        },
      );
  };

function storageCalls(stored) {
  const copy = (value) => (value === undefined ? "" : structuredClone(value));
  const set = (key, data) => {
    const text = JSON.stringify(data);
    if (text && text.length > 1024 * 1024) throw new Error("exceed max size 1MB");
    stored.set(key, copy(data));
  };
  return {
    getStorageSync: (key) => copy(stored.get(key)),
    setStorageSync: set,
    removeStorageSync: (key) => void stored.delete(key),
    clearStorageSync: () => stored.clear(),
    getStorageInfoSync: () => ({ keys: [...stored.keys()], currentSize: 1, limitSize: 10240 }),
    getStorage: later("getStorage", ({ key }) => {
      if (!stored.has(key)) throw new Error("data not found");
      return { data: copy(stored.get(key)) };
    }),
    setStorage: later("setStorage", ({ key, data }) => set(key, data)),
    removeStorage: later("removeStorage", ({ key }) => void stored.delete(key)),
  };
}

/** What somebody sees for a moment, and what they answer when they are asked. */
function dialogCalls(host) {
  return {
    showToast: later("showToast", ({ title }) => void host.toasts.push(title)),
    hideToast: later("hideToast", () => {}),
    showLoading: later("showLoading", () => {}),
    hideLoading: later("hideLoading", () => {}),
    showModal: later("showModal", ({ title = "", content = "" }) => {
      host.toasts.push(`${title} ${content}`.trim());
      return { confirm: host.answers.modal !== false, cancel: host.answers.modal === false };
    }),
    showActionSheet: later("showActionSheet", () => ({ tapIndex: host.answers.sheet ?? 0 })),
  };
}

/** The device: what it reads and takes is what the journey laid before it. */
function deviceCalls(host) {
  const told = (name, field) => {
    const value = host.answers[name];
    if (value === undefined) throw new Error("cancel");
    return { [field]: value };
  };
  return {
    login: later("login", () => told("login", "code")),
    scanCode: later("scanCode", () => ({ ...told("scan", "result"), scanType: "EAN_13", charSet: "utf-8" })),
    chooseMedia: later("chooseMedia", () => {
      const { paths } = told("photos", "paths");
      return {
        type: "image",
        tempFiles: paths.map((tempFilePath) => ({ tempFilePath, size: 1, fileType: "image" })),
      };
    }),
    setClipboardData: later("setClipboardData", ({ data }) => host.copy(data)),
    getNetworkType: later("getNetworkType", () => ({
      networkType: host.network.isThere() ? "wifi" : "none",
    })),
    onNetworkStatusChange: (listener) => void host.network.listeners.add(listener),
    offNetworkStatusChange: (listener) => void host.network.listeners.delete(listener),
  };
}

/** No layout is computed here: a query answers nothing, an observer sees everything at once. */
function viewCalls(host) {
  const query = () => {
    const asked = [];
    const chain = {
      select: () => chain,
      selectAll: () => chain,
      selectViewport: () => chain,
      in: () => chain,
      exec: (then) => host.timers.later(() => then?.(asked.map(() => null))),
    };
    for (const name of ["boundingClientRect", "scrollOffset", "fields", "node", "context"])
      chain[name] = (then) => {
        asked.push(name);
        if (then) host.timers.later(() => then(null));
        return chain;
      };
    return chain;
  };
  const observer = () => ({
    relativeTo() {
      return this;
    },
    relativeToViewport() {
      return this;
    },
    observe(_, then) {
      host.timers.later(() => then({ intersectionRatio: 1, boundingClientRect: {}, relativeRect: {} }));
    },
    disconnect() {},
  });
  return {
    createSelectorQuery: query,
    createIntersectionObserver: observer,
    pageScrollTo: later("pageScrollTo", () => {}),
    nextTick: (then) => void host.timers.later(then),
    setNavigationBarTitle: later("setNavigationBarTitle", ({ title }) => host.name(title)),
    setNavigationBarColor: later("setNavigationBarColor", () => {}),
    stopPullDownRefresh: later("stopPullDownRefresh", () => {}),
  };
}

function appCalls(host) {
  const listen = (name) => ({
    [`on${name}`]: (listener) => void host.appListeners[name].add(listener),
    [`off${name}`]: (listener) => void host.appListeners[name].delete(listener),
  });
  return {
    getSystemInfoSync: () => ({ ...SYSTEM }),
    getWindowInfo: () => ({ ...SYSTEM }),
    getDeviceInfo: () => ({ ...SYSTEM }),
    getAppBaseInfo: () => ({ ...SYSTEM }),
    getLaunchOptionsSync: () => ({ path: "", query: {}, scene: 1001, referrerInfo: {} }),
    getEnterOptionsSync: () => ({ path: "", query: {}, scene: 1001, referrerInfo: {} }),
    getAccountInfoSync: () => ({
      miniProgram: { appId: "touristappid", envVersion: "develop", version: "" },
    }),
    canIUse: () => true,
    ...listen("AppShow"),
    ...listen("AppHide"),
    ...Object.fromEntries(
      ["navigateTo", "redirectTo", "switchTab", "reLaunch"].map((name) => [
        name,
        later(name, ({ url }) => host[name](url)),
      ]),
    ),
    navigateBack: later("navigateBack", ({ delta = 1 }) => host.navigateBack(delta)),
  };
}

export const makeWx = (host) => ({
  ...appCalls(host),
  ...viewCalls(host),
  ...deviceCalls(host),
  ...dialogCalls(host),
  ...storageCalls(host.stored),
  ...networkCalls(host.network),
});
