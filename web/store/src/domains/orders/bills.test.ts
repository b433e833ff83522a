import { carrierOf, isFit, NO_BILL } from "./bills";

describe("a waybill", () => {
  test("needs a number of letters and digits once a carrier is chosen", () => {
    expect(isFit(NO_BILL)).toBe(true);
    expect(isFit({ carrier: "shunfeng", number: " SF1234567890 " })).toBe(true);
    expect(isFit({ carrier: "shunfeng", number: "" })).toBe(false);
    expect(isFit({ carrier: "jd", number: "运单12" })).toBe(false);
  });

  test("names the carriers it knows", () => {
    expect(carrierOf("jd")).toBe("jd");
    expect(carrierOf("顺丰速运")).toBeUndefined();
  });
});
