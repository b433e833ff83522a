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

/** One input that was refused, as a problem document names it. */
export interface FieldProblem {
  field: string;
  reason: string;
  code?: string;
}

/** What is asked of who holds the catalogues; i18next is one. */
export interface Speaker {
  readonly language: string;
  exists(key: string): boolean;
  t(key: string, values?: Record<string, unknown>): string;
  getResourceBundle(language: string, namespace: string): unknown;
}

/** Why one input was refused, in the reader's language: the exact sentence, or what its kind of mistake is called. */
export function reasonText({ reason, code }: FieldProblem, speaker: Speaker): string {
  const reasons = speaker.getResourceBundle(speaker.language, "reasons") as Reasons | undefined;
  if (!reasons) return reason; // English: the server's own words
  const said = translated(reason, reasons);
  if (said !== null) return said;
  const key = `refusals:${code}.title`;
  return code && speaker.exists(key) ? String(speaker.t(key)) : reason;
}

/** Where the input stands: `lines.2.quantity` is row 3, quantity. A name that nobody translated stays as it is. */
export function fieldText(path: string, speaker: Speaker): string {
  const parts = path
    .replace(/\[(\d+)\]/g, ".$1")
    .split(".")
    .filter(Boolean);
  const said = parts.flatMap((part, place) => {
    if (/^\d+$/.test(part)) return [String(speaker.t("refusals:row", { no: Number(part) + 1 }))];
    // The list's own name says nothing beside the number of its row.
    if (/^\d+$/.test(parts[place + 1] ?? "")) return [];
    const key = `refusals:fields.${part}`;
    return [speaker.exists(key) ? String(speaker.t(key)) : part];
  });
  return said.join(" · ");
}
