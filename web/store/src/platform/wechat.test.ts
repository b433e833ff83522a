const asked = vi.hoisted(() => vi.fn());
vi.mock("@tarojs/taro", () => ({ default: { requestSubscribeMessage: asked } }));
vi.mock("./server", () => ({ IS_WEAPP: true }));

import { askForMessages, phoneButton } from "./wechat";

test("what a person answered to each template, and nothing else that WeChat says", async () => {
  asked.mockResolvedValueOnce({ errMsg: "requestSubscribeMessage:ok", one: "accept", two: "reject" });
  expect(await askForMessages(["one", "two"])).toEqual({ one: "accept", two: "reject" });
  expect(asked).toHaveBeenCalledWith({ tmplIds: ["one", "two"], entityIds: [] });
});

test("who put the question away, or switched all off, agreed to nothing", async () => {
  asked.mockRejectedValueOnce({ errMsg: "requestSubscribeMessage:fail", errCode: 20004 });
  expect(await askForMessages(["one"])).toEqual({});
});

test("a phone is a code; a no is a no, and what WeChat does not give is told", () => {
  const given = vi.fn();
  const refused = vi.fn();
  const button = phoneButton(given, refused) as {
    openType: string;
    onGetPhoneNumber: (event: { detail: object }) => void;
  };
  const hear = (detail: object) => button.onGetPhoneNumber({ detail });

  expect(button.openType).toBe("getPhoneNumber");
  hear({ errMsg: "getPhoneNumber:ok", code: "once" });
  expect(given).toHaveBeenCalledExactlyOnceWith("once");
  hear({ errMsg: "getPhoneNumber:fail user deny" });
  hear({ errMsg: "getPhoneNumber:fail:user cancel" });
  expect(refused).not.toHaveBeenCalled();
  hear({ errMsg: "getPhoneNumber:fail no permission", errno: 102 });
  expect(refused).toHaveBeenCalledOnce();
  expect(given).toHaveBeenCalledOnce();
});
