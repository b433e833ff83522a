import { renderHook } from "@testing-library/react";
import { pagesSpeak } from "@/i18n/setup";
import { useLotWords } from "./lot-words";

beforeAll(() => pagesSpeak());

test("a lot is said with its batch and its last day, others stand as they are", () => {
  const say = renderHook(() => useLotWords()).result.current;
  expect(say("2027-05-21/260526C")).toBe("260526C · 2027年5月21日 到期");
  expect(say("2027-05-21")).toBe("2027年5月21日 到期");
  expect(say("A-17")).toBe("A-17");
  expect(say("")).toBe("");
});
