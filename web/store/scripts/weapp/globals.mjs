// Names that a browser has and WeChat's logic layer has not: using one there stops the page, and no build says so.
import { parse } from "acorn";
import { analyze } from "eslint-scope";

const ABSENT = new Set(
  `window document navigator location history self parent top frames localStorage sessionStorage indexedDB fetch
  Headers Request Response URL URLSearchParams FormData Blob File FileReader XMLHttpRequest WebSocket EventSource
  AbortController AbortSignal Event EventTarget CustomEvent MessageChannel BroadcastChannel Worker Image Audio
  TextEncoder TextDecoder structuredClone queueMicrotask crypto performance atob btoa alert confirm prompt
  matchMedia getComputedStyle requestAnimationFrame cancelAnimationFrame requestIdleCallback setImmediate
  MutationObserver IntersectionObserver ResizeObserver HTMLElement Element Node process Buffer global`.split(
    /\s+/,
  ),
);

/** `typeof name` may be asked anywhere, and what asks it stands before the use: a file that asks is a careful one. */
function uses(text) {
  const tree = parse(text, { ecmaVersion: 2022, sourceType: "script", ranges: true });
  const free = analyze(tree, { ecmaVersion: 2022, sourceType: "script" }).globalScope.through;
  const places = free
    .map(({ identifier }) => identifier)
    .filter(({ name }) => ABSENT.has(name))
    .map(({ name, range }) => ({
      name,
      at: range[0],
      isAsked: /typeof\s*\(?$/.test(text.slice(0, range[0]).slice(-9)),
    }));
  const asked = new Set(places.filter((place) => place.isAsked).map(({ name }) => name));
  return places.filter((place) => !place.isAsked && !asked.has(place.name));
}

/** What a script uses without asking whether it is there: name and the text around it. */
export function absentIn(text) {
  return uses(text).map(({ name, at }) => `${name} in …${text.slice(Math.max(0, at - 40), at + 40)}…`);
}
