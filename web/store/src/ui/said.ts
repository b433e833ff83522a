import Taro from "@tarojs/taro";

const SHOWN_MS = 3_500;

/** One sentence of what happened, over the page for a moment. */
export const say = (sentence: string): void => {
  void Taro.showToast({ title: sentence, icon: "none", duration: SHOWN_MS });
};
