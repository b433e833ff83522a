import { speak } from "@/i18n/setup";
import { fieldText, reasonText } from "./reasons";

const short = {
  field: "name",
  reason: "String should have at least 1 character",
  code: "input.string_too_short",
};

afterEach(() => speak("zh-Hans"));

test("a mistake in a field is said in the reader's language", async () => {
  expect(reasonText(short)).toBe("至少 1 个字符。");
  await speak("zh-Hant");
  expect(reasonText(short)).toBe("至少 1 個字元。");
  await speak("en");
  expect(reasonText(short)).toBe("String should have at least 1 character");
});

test("a sentence nobody translated is said by the kind of its refusal", () => {
  expect(reasonText({ field: "x", reason: "Something quite new", code: "access.username_taken" })).toBe(
    "用户名已被使用",
  );
  expect(reasonText({ field: "x", reason: "Something quite new" })).toBe("Something quite new");
});

test("a place is a row and a name, not a path", async () => {
  expect(fieldText("lines.2.quantity")).toBe("第 3 行 · 数量");
  expect(fieldText("rows[0]")).toBe("第 1 行");
  expect(fieldText("custom.shelf")).toBe("自定义字段 · shelf");
  await speak("en");
  expect(fieldText("lines.2.quantity")).toBe("Row 3 · Quantity");
});
