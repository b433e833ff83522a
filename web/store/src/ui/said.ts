import Taro from "@tarojs/taro";

const SHOWN_MS = 3_500;
/** Taro puts away what is shown once the next page stands. */
const STANDS_MS = 400;

/** One sentence of what happened, over the page for a moment. */
export const say = (sentence: string): void => {
  void Taro.showToast({ title: sentence, icon: "none", duration: SHOWN_MS });
};

/** The same on the page that one is led to. */
export async function sayThere(moving: Promise<unknown>, sentence: string): Promise<void> {
  await moving;
  setTimeout(() => say(sentence), STANDS_MS);
}
