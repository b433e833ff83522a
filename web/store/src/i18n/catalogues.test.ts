import refusals from "@shared/i18n/zh-Hans/refusals.json";
import en from "./en";
import zhHans from "./zh-hans";

type Leaves = Map<string, string>;

function leaves(node: unknown, path = "", found: Leaves = new Map()): Leaves {
  if (typeof node === "string") found.set(path, node);
  else
    for (const [key, value] of Object.entries(node as object))
      leaves(value, path ? `${path}.${key}` : key, found);
  return found;
}

// English has two plural forms where Chinese has one.
const singular = (key: string): string => key.replace(/_(one|other)$/, "");
const chinese = leaves({ ...zhHans, refusals });
const english = leaves(en);

describe("the store's catalogues", () => {
  test("say everything in both languages", () => {
    expect([...new Set([...english.keys()].map(singular))].sort()).toEqual(
      [...new Set([...chinese.keys()].map(singular))].sort(),
    );
  });

  test("leave no text empty and no Chinese in English", () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === "")).toEqual([]);
    const left = [...english].filter(
      ([key, text]) => /[\u4e00-\u9fff]/.test(text) && !key.includes("language."),
    );
    expect(left).toEqual([]);
  });
});
