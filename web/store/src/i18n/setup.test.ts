vi.mock("@/platform/storage", () => ({ keep: vi.fn(), kept: () => undefined, onKeptElsewhere: vi.fn() }));

import i18next from "i18next";
import { speak } from "./setup";

test("of two wishes the later one holds, though the words of the earlier come last", async () => {
  await Promise.all([speak("zh-Hant"), speak("zh-Hans")]);

  expect(i18next.language).toBe("zh-Hans");
});
