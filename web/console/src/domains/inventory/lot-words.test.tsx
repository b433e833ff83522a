import { renderHook } from "@testing-library/react";
import { pagesSpeak } from "@/i18n/setup";
import { useLotWords } from "./lot-words";

beforeAll(() => pagesSpeak());

test("a lot is said with its batch and its last day, as far as it has them", () => {
  const say = renderHook(() => useLotWords()).result.current;
  expect(say({ batch: "260526C", expires_on: "2027-05-21" })).toBe("260526C · 2027年5月21日 到期");
  expect(say({ batch: "", expires_on: "2027-05-21" })).toBe("2027年5月21日 到期");
  expect(say({ batch: "A-17", expires_on: null })).toBe("A-17");
  expect(say({ batch: "", expires_on: null })).toBe("");
});
