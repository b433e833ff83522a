/** English sentences of the server, `{}` where it puts in a value, with their translation, `{0}`, `{1}` … there. */
export type Reasons = Readonly<Record<string, string>>;

interface Pattern {
  fits: RegExp;
  says: string;
}

const known = new WeakMap<Reasons, Pattern[]>();
const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** The sentences with values in them, the most particular first: "{} is not a price." before "{} is {}." */
function patternsOf(reasons: Reasons): Pattern[] {
  const before = known.get(reasons);
  if (before) return before;
  const patterns = Object.entries(reasons)
    .filter(([english]) => english.includes("{}"))
    .sort(([one], [other]) => other.replaceAll("{}", "").length - one.replaceAll("{}", "").length)
    .map(([english, says]) => ({
      fits: new RegExp(`^${english.split("{}").map(literal).join("(.*?)")}$`, "s"),
      says,
    }));
  known.set(reasons, patterns);
  return patterns;
}

/** What the server said of an input, in the words of a table; null where the table does not know the sentence. */
export function translated(reason: string, reasons: Reasons): string | null {
  const exact = reasons[reason];
  if (exact !== undefined) return exact;
  for (const { fits, says } of patternsOf(reasons)) {
    const found = fits.exec(reason);
    // What a validator said itself stands inside a sentence of its frame.
    if (found)
      return says.replace(/\{(\d)\}/g, (_, place) => {
        const value = found[Number(place) + 1] ?? "";
        return says === "{0}" ? (translated(value, reasons) ?? value) : value;
      });
  }
  return null;
}
