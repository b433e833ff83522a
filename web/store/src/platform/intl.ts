// Some of WeChat's engines have no Intl. What our texts need of it: which form of a word stands beside a number.

class PluralRules {
  #isEnglish: boolean;

  constructor(locale: string) {
    this.#isEnglish = locale.startsWith("en");
  }

  select(count: number): string {
    return this.#isEnglish && count === 1 ? "one" : "other";
  }

  resolvedOptions(): { pluralCategories: string[] } {
    return { pluralCategories: this.#isEnglish ? ["one", "other"] : ["other"] };
  }
}

/** Stands for `Intl` in the mini-program (config/index.ts); the engine's own where there is one. */
const intl = globalThis.Intl ?? { PluralRules };

export { intl as Intl };
