import { cleanup, configure } from "@testing-library/react";
import { pagesSpeak, refusalsSpeak } from "@/i18n/setup";

await Promise.all([refusalsSpeak, pagesSpeak()]);

// A busy machine is no failure.
configure({ asyncUtilTimeout: 10_000 });

// What antd asks of a browser and jsdom does not have.
window.matchMedia ??= (query: string) =>
  ({
    matches: false,
    media: query,
    onchange: null,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
    addListener: () => undefined,
    removeListener: () => undefined,
    dispatchEvent: () => false,
  }) as MediaQueryList;
globalThis.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};
// jsdom has no layout: asking for a pseudo element's style only logs.
const computed = window.getComputedStyle.bind(window);
window.getComputedStyle = (element) => computed(element);

afterEach(() => {
  cleanup();
});
