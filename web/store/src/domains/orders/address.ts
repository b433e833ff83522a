// An address as it stands on an order: parts by name, as whoever wrote the order named them.
const PERSON = ["receiver", "contact_name", "contact", "name", "contact_phone", "phone", "mobile"];
const PLACE = ["province", "city", "district", "street", "line", "address", "detail"];

/** Whom to ask for and where, in one line. */
export function addressText(address: object): string {
  const known = address as Record<string, unknown>;
  const said = (names: readonly string[]) =>
    names
      .map((name) => known[name])
      .filter((part): part is string => typeof part === "string" && part.trim() !== "");
  return [said(PERSON).join(" "), said(PLACE).join("")].filter(Boolean).join(" ");
}
