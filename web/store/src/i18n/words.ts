import type { LanguageCode } from "./setup";

/** The catalogues of a language; others than simplified Chinese come when someone wants them. */
export async function cataloguesOf(language: LanguageCode): Promise<object> {
  if (language === "en") return (await import("./en")).default;
  if (language === "zh-Hant") return (await import("@shared/i18n/zh-Hant-store.json")).default;
  return (await import("./zh-hans")).default;
}

/** Titles and remedies of refusals: as long as all pages' words together, and the first page needs none of it. */
export async function refusalWords(): Promise<object> {
  return (await import("@shared/i18n/zh-Hans/refusals.json")).default;
}

/** What is wrong with single inputs, by the server's sentences; English has these themselves. */
export async function reasonWords(): Promise<object> {
  return (await import("@shared/i18n/reasons.json")).default;
}
