import { QueryObserver } from "@tanstack/react-query";
import i18next from "i18next";
import { queries } from "@/queries";
import { type LanguageCode, speak } from "./setup";

const KEY = "huiliu.language";

/** What a browser tells this tab when another one keeps something. */
function keptElsewhere(key: string, value: LanguageCode): void {
  localStorage.setItem(key, value);
  dispatchEvent(new StorageEvent("storage", { key, newValue: value, storageArea: localStorage }));
}

/** Says in which language it was asked, as the server does. */
function asked(path: string) {
  const answer = vi.fn(() => Promise.resolve(document.documentElement.lang));
  const stop = new QueryObserver(queries, { queryKey: [path], queryFn: answer }).subscribe(() => {});
  return { answer, stop };
}

afterEach(async () => {
  await speak("zh-Hans");
  queries.clear();
});

test("a language chosen in another tab is spoken here, too", async () => {
  keptElsewhere(KEY, "en");

  await vi.waitFor(() => expect(i18next.language).toBe("en"));
  expect(document.documentElement.lang).toBe("en");
  expect(document.title).toBe(i18next.getResource("en", "common", "product"));
  expect(localStorage.getItem(KEY)).toBe("en");
});

test("what else another tab keeps changes no language", async () => {
  keptElsewhere("huiliu.preferences", "en");

  await new Promise((resolve) => setTimeout(resolve));
  expect(i18next.language).toBe("zh-Hans");
});

test("the server says its sentences anew, and is not asked for what has none", async () => {
  const words = asked("/api/v1/price-lists/7/diff");
  const figures = asked("/api/v1/orders");
  await vi.waitFor(() => expect(queries.getQueryData(["/api/v1/orders"])).toBe("zh-Hans"));

  keptElsewhere(KEY, "en");

  await vi.waitFor(() => expect(queries.getQueryData(["/api/v1/price-lists/7/diff"])).toBe("en"));
  expect(words.answer).toHaveBeenCalledTimes(2);
  expect(figures.answer).toHaveBeenCalledTimes(1);
  words.stop();
  figures.stop();
});

test("of two wishes the later one holds, though the words of the earlier come last", async () => {
  await Promise.all([speak("zh-Hant"), speak("zh-Hans")]);

  expect(i18next.language).toBe("zh-Hans");
  expect(localStorage.getItem(KEY)).toBe("zh-Hans");
});
