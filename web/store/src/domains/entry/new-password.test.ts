import { lacksOf } from "./new-password";

test("a password that is long, new and typed twice alike may be sent", () => {
  expect(lacksOf({ old: "first-password", fresh: "own-words-2026", again: "own-words-2026" })).toEqual({});
});

test("each field says what it lacks", () => {
  expect(lacksOf({ old: "", fresh: "", again: "" })).toEqual({ old: "need", fresh: "need", again: "need" });
  expect(lacksOf({ old: "first-password", fresh: "short", again: "short" })).toEqual({ fresh: "short" });
  expect(lacksOf({ old: "first-password", fresh: "first-password", again: "first-password" })).toEqual({
    fresh: "same",
  });
  expect(lacksOf({ old: "first-password", fresh: "own-words-2026", again: "own-words-2027" })).toEqual({
    again: "differ",
  });
});
