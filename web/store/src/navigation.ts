// Where one can go: the names of the pages stand here only, each with what it wants to be told.
import Taro from "@tarojs/taro";

export const TABS = {
  home: "/pages/home/index",
  find: "/pages/find/index",
  cart: "/pages/cart/index",
  orders: "/pages/orders/index",
  mine: "/pages/mine/index",
} as const;
export type Tab = keyof typeof TABS;

export const PAGES = {
  product: "/packages/order/product/index",
  search: "/packages/order/search/index",
  quickOrder: "/packages/order/quick/index",
  checkout: "/packages/order/checkout/index",
  submitted: "/packages/order/submitted/index",
  order: "/packages/follow/order/index",
  arrivals: "/packages/follow/arrivals/index",
  receive: "/packages/follow/receive/index",
  askReturn: "/packages/follow/ask-return/index",
  returns: "/packages/follow/returns/index",
  ship: "/packages/follow/ship/index",
  complaints: "/packages/follow/complaints/index",
  stock: "/packages/stock/shelf/index",
  stockCard: "/packages/stock/card/index",
  counts: "/packages/stock/counts/index",
  counting: "/packages/stock/counting/index",
  sell: "/packages/stock/sell/index",
  sales: "/packages/stock/sales/index",
  outbox: "/packages/outbox/waiting/index",
  money: "/packages/mine/money/index",
  customer: "/packages/mine/customer/index",
  newPrices: "/packages/mine/prices/index",
  people: "/packages/mine/people/index",
  messages: "/packages/mine/messages/index",
  settings: "/packages/mine/settings/index",
  password: "/packages/mine/password/index",
  signIn: "/pages/sign-in/index",
} as const;

export const toTab = (tab: Tab): Promise<unknown> => Taro.switchTab({ url: TABS[tab] });

/** Opens a page above this one. */
export function open(page: keyof typeof PAGES, told: Record<string, string> = {}): Promise<unknown> {
  const pairs = Object.entries(told).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return Taro.navigateTo({ url: PAGES[page] + (pairs.length ? `?${pairs.join("&")}` : "") });
}

/** Opens a page with nothing below it: there is no way back from it. */
export const restart = (page: keyof typeof PAGES): Promise<unknown> => Taro.reLaunch({ url: PAGES[page] });

/** The first tab with nothing below it: for somebody else than before. */
export const restartAtHome = (): Promise<unknown> => Taro.reLaunch({ url: TABS.home });

/** Back to where one came from; to the first tab when the page was opened by its address. */
export function back(): Promise<unknown> {
  return Taro.getCurrentPages().length > 1 ? Taro.navigateBack() : toTab("home");
}
