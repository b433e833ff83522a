import { type Decimal, parse, power, rescale } from "./decimal";

const DIGITS = ["零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"] as const;
const PLACES = ["", "拾", "佰", "仟"] as const;
const GROUPS = ["", "万", "亿", "万亿", "亿亿"] as const;

/** Four digits with their places, zeros between them said once: 1005 is 壹仟零伍. */
function group(value: number): string {
  let text = "";
  let isGap = false;
  for (let place = 3; place >= 0; place -= 1) {
    const digit = Math.floor(value / 10 ** place) % 10;
    if (digit === 0) {
      isGap = text !== "";
      continue;
    }
    text += `${isGap ? "零" : ""}${DIGITS[digit]}${PLACES[place]}`;
    isGap = false;
  }
  return text;
}

function whole(value: bigint): string {
  let text = "";
  let isGap = false;
  for (let index = GROUPS.length - 1; index >= 0; index -= 1) {
    const part = Number((value / power(index * 4)) % 10_000n);
    if (part === 0) {
      isGap = text !== "";
      continue;
    }
    const needsZero = text !== "" && (isGap || part < 1000);
    text += `${needsZero ? "零" : ""}${group(part)}${GROUPS[index]}`;
    isGap = false;
  }
  return text;
}

/** An amount of yuan in the capital figures of cheques and papers: "1005.30" is 人民币壹仟零伍元叁角整. */
export function amountInWords(amount: Decimal): string {
  const { digits } = rescale(parse(amount), 2);
  const magnitude = digits < 0n ? -digits : digits;
  const yuan = magnitude / 100n;
  const jiao = Number((magnitude / 10n) % 10n);
  const fen = Number(magnitude % 10n);
  const sign = digits < 0n ? "负" : "";
  const head = yuan > 0n ? `${whole(yuan)}元` : "";
  if (jiao === 0 && fen === 0) return `人民币${sign}${head || "零元"}整`;
  const middle = jiao > 0 ? `${DIGITS[jiao]}角` : head ? "零" : "";
  return `人民币${sign}${head}${middle}${fen > 0 ? `${DIGITS[fen]}分` : "整"}`;
}
