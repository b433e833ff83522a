// Whether a part of the page is near the screen: what is far off need not be drawn.
import Taro from "@tarojs/taro";
import { IS_WEAPP } from "./server";

const NEAR = 900;

export interface Seen {
  isNear: boolean;
  height: number;
}

/** Tells whenever the element with this id comes near the screen or leaves it, with its height then. */
export function watchNear(id: string, tell: (seen: Seen) => void): () => void {
  if (!IS_WEAPP) {
    const element = document.getElementById(id);
    if (!element || typeof IntersectionObserver === "undefined") return () => undefined;
    const watch = new IntersectionObserver(
      ([entry]) => entry && tell({ isNear: entry.isIntersecting, height: entry.boundingClientRect.height }),
      // A page scrolls inside of itself: seen from the window, what is below its edge would not count as near.
      { root: element.closest(".taro_page"), rootMargin: `${NEAR}px 0px` },
    );
    watch.observe(element);
    return () => watch.disconnect();
  }
  const page = Taro.getCurrentInstance().page;
  if (!page) return () => undefined;
  const watch = Taro.createIntersectionObserver(page, { thresholds: [0] });
  watch
    .relativeToViewport({ top: NEAR, bottom: NEAR })
    .observe(`#${id}`, ({ intersectionRatio = 0, boundingClientRect: place }) => {
      const height = place ? place.bottom - place.top : 0;
      tell({ isNear: intersectionRatio > 0 || height === 0, height });
    });
  return () => watch.disconnect();
}
