import { REFUSAL_CODES } from "@/gen/refusal-codes";
import en from "./en";
import zhHans, { pageWords, refusalWords } from "./zh-hans";

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
const placeholders = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)/g)].map(([, name]) => name ?? "").sort();

const chinese = leaves({ ...zhHans, ...(await pageWords()), refusals: await refusalWords() });
const english = leaves(en);

describe("the catalogues", () => {
  test("say everything in both languages", () => {
    expect([...new Set([...english.keys()].map(singular))].sort()).toEqual(
      [...new Set([...chinese.keys()].map(singular))].sort(),
    );
  });

  test("leave no text empty", () => {
    expect([...chinese, ...english].filter(([, text]) => text.trim() === "")).toEqual([]);
  });

  test("put the same figures into both languages", () => {
    const different = [...english].filter(([key, text]) => {
      const twin =
        chinese.get(key) ?? chinese.get(`${singular(key)}_other`) ?? chinese.get(singular(key)) ?? "";
      return placeholders(text).join() !== placeholders(twin).join() && !key.endsWith("_one");
    });
    expect(different.map(([key]) => key)).toEqual([]);
  });

  test("have no Chinese left in English", () => {
    const left = [...english].filter(
      ([key, text]) => /[\u4e00-\u9fff]/.test(text) && !key.startsWith("common.language"),
    );
    expect(left).toEqual([]);
  });
});

describe("refusals", () => {
  test("every code the API declares has a title and a remedy", () => {
    const silent = REFUSAL_CODES.filter(
      (code) => !chinese.has(`refusals.${code}.title`) || !chinese.has(`refusals.${code}.remedy`),
    );
    expect(silent).toEqual([]);
  });
});
