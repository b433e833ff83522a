import type { Tokens } from "@/theme/tokens";

/** Axes as all charts draw them: quiet lines, names with units, bars from zero. */
export function categoryAxis(values: readonly string[], tokens: Tokens) {
  return {
    type: "category",
    data: [...values],
    axisTick: { show: false },
    axisLine: { lineStyle: { color: tokens.line } },
    axisLabel: { color: tokens.inkSoft, hideOverlap: true },
  };
}

export function valueAxis(name: string, format: (value: number) => string, tokens: Tokens) {
  return {
    type: "value",
    name,
    min: (range: { min: number }) => Math.min(0, range.min),
    nameTextStyle: { color: tokens.inkSoft, align: "left" },
    axisLabel: { color: tokens.inkSoft, formatter: format },
    splitLine: { lineStyle: { color: tokens.lineSoft } },
  };
}

/** The tooltip of the house; `rows` writes the exact figures. */
export function tooltip(tokens: Tokens, format: (value: unknown) => string) {
  return {
    trigger: "axis",
    confine: true,
    backgroundColor: tokens.raised,
    borderColor: tokens.line,
    textStyle: { color: tokens.ink, fontSize: 13 },
    valueFormatter: format,
  };
}
