// What people type and paste into cells, read as they mean it; what cannot be read stays as it was typed.
import { type Decimal, parse, trim } from "@shared/decimal";

/** One quantity break: from so many base units on, this price. */
export interface Break {
  from: Decimal;
  price: Decimal;
}

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)$/;

/** Full-width digits, signs and spaces as they stand on a keyboard: "１２．５" is "12.5". */
export function plainText(text: string): string {
  return text
    .replace(/[！-～]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[\u3000\u00a0\t]/g, " ")
    .replace(/。/g, ".")
    .trim();
}

/** A number as typed ("¥1,234.50", "１２．５") as a decimal without needless zeros, or null. */
export function readNumber(text: string): Decimal | null {
  const bare = plainText(text)
    .replace(/[¥￥$]|元/g, "")
    .replace(/,/g, "")
    .replace(/\s/g, "");
  if (!PLAIN.test(bare)) return null;
  const whole = bare.replace(/^([+-]?)\./, "$10.").replace(/\.$/, "");
  return trim(whole.replace(/^\+/, "").replace(/^(-?)0+(?=\d)/, "$1"));
}

/** How many places after the point a decimal has. */
export const placesOf = (value: Decimal): number => parse(value).scale;

const STEP = /^(?:≥|>=|满|from\s*)?\s*([^:=/\s]+)\s*(?:[:=/]|\s)\s*(.+)$/i;

/** Breaks as typed ("240:95; 480:90", also "满240 95；≥480：90"), or null when a part cannot be read. */
export function readBreaks(text: string): Break[] | null {
  const parts = plainText(text)
    .split(/[;；\n]/)
    .map((part) => part.trim())
    .filter(Boolean);
  const found: Break[] = [];
  for (const part of parts) {
    const step = STEP.exec(part);
    const from = step && readNumber((step[1] ?? "").replace(/[^\d.,]+$/, "")); // 满240瓶
    const price = step && readNumber(step[2] ?? "");
    if (!from || !price) return null;
    found.push({ from, price });
  }
  return found;
}

/** Breaks as they are written into a cell: "240:95; 480:90". */
export const writeBreaks = (breaks: readonly Break[]): string =>
  breaks.map(({ from, price }) => `${from}:${price}`).join("; ");

/** A cell as Excel writes it when it holds tabs, line breaks or quotes. */
function quoted(text: string, start: number): [string, number] {
  let value = "";
  let at = start + 1;
  while (at < text.length) {
    if (text[at] === '"' && text[at + 1] === '"') {
      value += '"';
      at += 2;
    } else if (text[at] === '"') {
      return [value, at + 1];
    } else {
      value += text[at];
      at += 1;
    }
  }
  return [value, at];
}

/** Cells that Excel or WPS put on the clipboard: tabs between columns, lines between rows, quotes where needed. */
export function readTable(text: string): string[][] {
  const table: string[][] = [[]];
  let cell = "";
  let at = 0;
  const close = () => {
    table.at(-1)?.push(cell);
    cell = "";
  };
  while (at < text.length) {
    const sign = text[at];
    if (sign === '"' && cell === "") {
      [cell, at] = quoted(text, at);
      continue;
    }
    if (sign === "\t") close();
    else if (sign === "\n" || sign === "\r") {
      close();
      if (sign === "\r" && text[at + 1] === "\n") at += 1;
      table.push([]);
    } else cell += sign;
    at += 1;
  }
  close();
  const last = table.at(-1);
  if (table.length > 1 && last?.length === 1 && last[0] === "") table.pop(); // Excel ends with a line break
  return table;
}

/** Cells for the clipboard, as Excel reads them. */
export const writeTable = (table: readonly (readonly string[])[]): string =>
  table
    .map((row) =>
      row.map((cell) => (/[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join("\t"),
    )
    .join("\r\n");
