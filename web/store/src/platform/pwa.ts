// The installed web app: its worker, new versions, and files of an old version that are gone. WeChat updates by itself.
import { onFront } from "./network";
import { IS_WEAPP } from "./server";

const ASSETS = "/static/store/";
const LOOK_MS = 15 * 60_000;
const RELOADED = "huiliu.reloaded";

type Ready = (apply: () => void) => void;

/** Registers the worker. `ready` is told once a new version waits, with what makes it the running one. */
export function startWorker(ready: Ready): void {
  if (IS_WEAPP || process.env.NODE_ENV !== "production") return;
  reloadWhenAssetsAreGone();
  if (!("serviceWorker" in navigator)) return;
  void navigator.serviceWorker
    .register("/store/sw.js", { scope: "/store/", updateViaCache: "none" })
    .then((registration) => watch(registration, ready))
    .catch(() => undefined); // private windows have none: the app works without
}

function watch(registration: ServiceWorkerRegistration, ready: Ready): void {
  // It waited since last time: nothing is typed yet, so now is the moment.
  if (registration.waiting && registration.active) {
    apply(registration);
    return;
  }
  registration.addEventListener("updatefound", () => {
    const coming = registration.installing;
    coming?.addEventListener("statechange", () => {
      if (coming.state === "installed" && registration.active) ready(() => apply(registration));
    });
  });
  let looked = Date.now();
  const look = () => {
    if (Date.now() - looked < LOOK_MS) return;
    looked = Date.now();
    void registration.update().catch(() => undefined);
  };
  onFront(look);
  setInterval(look, LOOK_MS);
}

function apply(registration: ServiceWorkerRegistration): void {
  navigator.serviceWorker.addEventListener("controllerchange", () => window.location.reload(), {
    once: true,
  });
  registration.waiting?.postMessage({ type: "SKIP_WAITING" });
}

/** A page of the version before asks for a part that the server no longer has: the new version is loaded, once. */
function reloadWhenAssetsAreGone(): void {
  window.addEventListener(
    "error",
    ({ target }) => {
      const address =
        target instanceof HTMLScriptElement
          ? target.src
          : target instanceof HTMLLinkElement
            ? target.href
            : "";
      if (address.includes(ASSETS)) void reloadIfGone(address);
    },
    true,
  );
}

async function reloadIfGone(address: string): Promise<void> {
  // biome-ignore lint/style/noRestrictedGlobals: asks for one of our own files, not for the API
  const answer = await fetch(address, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (answer?.status !== 404) return; // no network: what is here is all there is
  const before = Number(sessionStorage.getItem(RELOADED) ?? 0);
  if (Date.now() - before < 60_000) return;
  sessionStorage.setItem(RELOADED, String(Date.now()));
  await (await navigator.serviceWorker?.getRegistration("/store/"))?.update().catch(() => undefined);
  window.location.reload();
}
