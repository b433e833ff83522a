const asked = vi.hoisted(() => vi.fn());
vi.mock("@tarojs/taro", () => ({ default: { requestSubscribeMessage: asked } }));
vi.mock("./server", () => ({ IS_WEAPP: true }));

import { askForMessages } from "./wechat";

test("what a person answered to each template, and nothing else that WeChat says", async () => {
  asked.mockResolvedValueOnce({ errMsg: "requestSubscribeMessage:ok", one: "accept", two: "reject" });
  expect(await askForMessages(["one", "two"])).toEqual({ one: "accept", two: "reject" });
  expect(asked).toHaveBeenCalledWith({ tmplIds: ["one", "two"], entityIds: [] });
});

test("who put the question away, or switched all off, agreed to nothing", async () => {
  asked.mockRejectedValueOnce({ errMsg: "requestSubscribeMessage:fail", errCode: 20004 });
  expect(await askForMessages(["one"])).toEqual({});
});
