export default defineAppConfig({
  pages: [
    "pages/home/index",
    "pages/find/index",
    "pages/cart/index",
    "pages/orders/index",
    "pages/mine/index",
    "pages/sign-in/index",
  ],
  subPackages: [
    {
      root: "packages/order",
      pages: ["product/index", "search/index", "quick/index", "checkout/index", "submitted/index"],
    },
    {
      root: "packages/follow",
      pages: [
        "order/index",
        "arrivals/index",
        "receive/index",
        "ask-return/index",
        "returns/index",
        "ship/index",
        "complaints/index",
      ],
    },
    {
      root: "packages/stock",
      pages: ["shelf/index", "card/index", "counts/index", "counting/index", "sell/index", "sales/index"],
    },
    { root: "packages/outbox", pages: ["waiting/index"] },
    {
      root: "packages/mine",
      pages: [
        "money/index",
        "customer/index",
        "prices/index",
        "people/index",
        "messages/index",
        "settings/index",
        "password/index",
      ],
    },
  ],
  // The five tabs keep their place when one comes back to them; what is seen is our own bar (ui/tab-bar.tsx).
  tabBar: {
    custom: true,
    color: "#475569",
    selectedColor: "#0f766e",
    backgroundColor: "#ffffff",
    list: [
      { pagePath: "pages/home/index", text: "首页" },
      { pagePath: "pages/find/index", text: "分类" },
      { pagePath: "pages/cart/index", text: "进货单" },
      { pagePath: "pages/orders/index", text: "订单" },
      { pagePath: "pages/mine/index", text: "我的" },
    ],
  },
  lazyCodeLoading: "requiredComponents",
  darkmode: true,
  themeLocation: "theme.json",
  window: {
    navigationBarBackgroundColor: "@barGround",
    navigationBarTextStyle: "@barText" as "black",
    navigationBarTitleText: "汇流",
    backgroundColor: "@ground",
    backgroundTextStyle: "@wait" as "dark",
  },
});
