/** An address as it stands on an order: parts by name, in the order in which people write them. */
const PLACE = ["province", "city", "district", "street", "line", "address", "detail"];
const PERSON = ["receiver", "contact_name", "contact", "name", "contact_phone", "phone", "mobile"];

const parts = (address: Record<string, unknown>, names: readonly string[]): string[] =>
  names
    .map((name) => address[name])
    .filter((part): part is string => typeof part === "string" && part !== "");

export const placeText = (address: Record<string, unknown>): string => parts(address, PLACE).join("");
export const personText = (address: Record<string, unknown>): string => parts(address, PERSON).join(" ");

export const addressText = (address: Record<string, unknown>): string =>
  [placeText(address), personText(address)].filter(Boolean).join(" · ");
