// Brings the first input that something is wrong with before the eyes.
import Taro from "@tarojs/taro";
import { IS_WEAPP } from "./server";

/** What an input that something is wrong with has as a class: WeChat knows no other way to find it. */
export const FAULTY = "is-faulty";

function look(): void {
  if (IS_WEAPP) {
    void Taro.pageScrollTo({ selector: `.${FAULTY}`, offsetTop: -120 }).catch(() => undefined);
    return;
  }
  // Pages below the one in front stay in the document.
  const found = [...document.querySelectorAll<HTMLElement>(`.${FAULTY}`)].find(
    (one) => one.offsetParent !== null,
  );
  if (!found) return;
  found.scrollIntoView({ block: "center" });
  found.focus({ preventScroll: true });
}

/** Once what is wrong stands beside the inputs: the first of them is scrolled to and, on the web, ready to type in. */
export function lookAtFaulty(): void {
  Taro.nextTick(look);
}
