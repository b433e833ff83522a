import reasons from "./i18n/reasons.json";
import { translated } from "./reasons";

test("a sentence is said as it stands in the table", () => {
  expect(translated("A name is needed.", reasons)).toBe("请填写名称。");
});

test("values go where the translation wants them", () => {
  expect(translated("No unit price gives 10.00 for 3.", reasons)).toBe("没有一个单价能让 3 正好是 10.00。");
  expect(translated("List should have at most 20 items after validation, not 21", reasons)).toBe(
    "最多 20 项，现在是 21 项。",
  );
});

test("the most particular sentence wins over one that would fit, too", () => {
  expect(translated("abc is not a price.", reasons)).toBe("abc 不是价格。");
  expect(translated("Value error, This is not text.", reasons)).toBe("不是有效的文字。");
});

test("what nobody translated is not guessed", () => {
  expect(translated("Nobody has ever said this", reasons)).toBeNull();
});
