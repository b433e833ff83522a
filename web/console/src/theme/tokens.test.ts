import { describe, expect, test } from "vitest";
import { DARK, LIGHT, type Tokens } from "./tokens";

const TEXTS = ["primary", "accent", "ink", "inkSoft", "good", "wait", "bad", "note", "idle"] as const;
const GROUNDS = ["ground", "surface", "raised", "hover", "chosen"] as const;
const OWN: [text: keyof Tokens, ground: keyof Tokens][] = [
  ["onPrimary", "primary"],
  ["primary", "primarySoft"],
  ["accent", "accentSoft"],
  ["good", "goodSoft"],
  ["wait", "waitSoft"],
  ["bad", "badSoft"],
  ["note", "noteSoft"],
  ["idle", "idleSoft"],
  // A count on a bell, a dangerous button; a tip.
  ["onPrimary", "bad"],
  ["onTip", "tip"],
];

/** Relative luminance of `#rrggbb`, by WCAG 2. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(color.slice(at, at + 2), 16) / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test("contrast is that of WCAG", () => {
  expect(contrast("#000000", "#FFFFFF")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#FFFFFF")).toBeCloseTo(4.48, 2);
});

describe.each([
  ["light", LIGHT],
  ["dark", DARK],
])("in %s", (_, tokens) => {
  test("every color of text reads on every ground, also under the pointer and when chosen", () => {
    const pairs = [...TEXTS.flatMap((text) => GROUNDS.map((ground) => [text, ground] as const)), ...OWN];
    const pale = pairs.filter(([text, ground]) => contrast(tokens[text], tokens[ground]) < 4.5);

    expect(pale).toEqual([]);
  });
});
