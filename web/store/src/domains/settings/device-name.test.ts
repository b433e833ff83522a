import { deviceName } from "./device-name";

const iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1";
const android =
  "Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36";

test("a device is called by the system its owner knows it by, not by what it imitates", () => {
  expect(deviceName("BROWSER", iphone)).toEqual({ kind: "BROWSER", host: "iPhone" });
  expect(deviceName("BROWSER", android)).toEqual({ kind: "BROWSER", host: "Android" });
  expect(deviceName("BROWSER", "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5)").host).toBe("Mac");
});

test("what says nothing about itself is only its kind", () => {
  expect(deviceName("WECHAT", `${android} MicroMessenger/8.0.50`)).toEqual({ kind: "WECHAT", host: "" });
  expect(deviceName("DEVICE", "")).toEqual({ kind: "DEVICE", host: "" });
  expect(deviceName("NEWER", "curl/8")).toEqual({ kind: "unknown", host: "" });
});
