import reasons from "./i18n/reasons.json";
import { fieldText, reasonText, type Speaker, translated } from "./reasons";

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

/** Speaks these few words, and of inputs only where it has the sentences. */
function speaking(words: Record<string, string>, sentences?: object): Speaker {
  return {
    language: "zh-Hans",
    exists: (key) => key in words,
    t: (key, values = {}) => (words[key] ?? key).replace(/\{\{(\w+)\}\}/g, (_, name) => String(values[name])),
    getResourceBundle: (language, namespace) =>
      language === "zh-Hans" && namespace === "reasons" ? sentences : undefined,
  };
}

test("why an input was refused is its sentence, else the name of its mistake, else what the server said", () => {
  const speaker = speaking({ "refusals:access.username_taken.title": "用户名已被使用" }, reasons);
  const taken = { field: "username", reason: "Quite new", code: "access.username_taken" };

  expect(reasonText({ ...taken, reason: "A name is needed." }, speaker)).toBe("请填写名称。");
  expect(reasonText(taken, speaker)).toBe("用户名已被使用");
  expect(reasonText({ field: "username", reason: "Quite new" }, speaker)).toBe("Quite new");
  expect(reasonText({ ...taken, reason: "A name is needed." }, speaking({}))).toBe("A name is needed.");
});

test("an input is named by its row and its name", () => {
  const speaker = speaking({ "refusals:row": "第 {{no}} 行", "refusals:fields.quantity": "数量" });

  expect(fieldText("lines.2.quantity", speaker)).toBe("第 3 行 · 数量");
  expect(fieldText("rows[0]", speaker)).toBe("第 1 行");
  expect(fieldText("shelf", speaker)).toBe("shelf");
});
