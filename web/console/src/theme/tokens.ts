// The colors of the house, once: antd's theme, the CSS variables and the charts all read them.

export interface Tokens {
  primary: string;
  onPrimary: string;
  /** The ground of a tip, and its words. */
  tip: string;
  onTip: string;
  primarySoft: string;
  accent: string;
  accentSoft: string;
  ink: string;
  inkSoft: string;
  ground: string;
  surface: string;
  raised: string;
  line: string;
  lineSoft: string;
  /** The ground of what the pointer is on, and of what was chosen: every color of text reads on both. */
  hover: string;
  chosen: string;
  good: string;
  goodSoft: string;
  wait: string;
  waitSoft: string;
  bad: string;
  badSoft: string;
  note: string;
  noteSoft: string;
  idle: string;
  idleSoft: string;
}

export const LIGHT: Tokens = {
  primary: "#0F766E",
  onPrimary: "#FFFFFF",
  tip: "#1E293B",
  onTip: "#FFFFFF",
  primarySoft: "#E6F2F0",
  accent: "#B45309",
  accentSoft: "#FDF3E4",
  ink: "#0F172A",
  inkSoft: "#475569",
  ground: "#F6F8F9",
  surface: "#FFFFFF",
  raised: "#FFFFFF",
  line: "#E2E8F0",
  lineSoft: "#EEF2F6",
  hover: "#F1F5F8",
  chosen: "#EDF6F4",
  good: "#15803D",
  goodSoft: "#E9F6EE",
  wait: "#B45309",
  waitSoft: "#FDF3E4",
  bad: "#B91C1C",
  badSoft: "#FCEDED",
  note: "#1D4ED8",
  noteSoft: "#EAF0FD",
  idle: "#475569",
  idleSoft: "#F1F5F9",
};

export const DARK: Tokens = {
  primary: "#2DD4BF",
  onPrimary: "#042F2E",
  tip: "#2A3850",
  onTip: "#E2E8F0",
  primarySoft: "#12312F",
  accent: "#F59E0B",
  accentSoft: "#33270F",
  ink: "#E2E8F0",
  inkSoft: "#94A3B8",
  ground: "#0B1220",
  surface: "#111A2B",
  raised: "#16213A",
  line: "#243044",
  lineSoft: "#1B2638",
  hover: "#1B2638",
  chosen: "#12312F",
  good: "#4ADE80",
  goodSoft: "#12301F",
  wait: "#FBBF24",
  waitSoft: "#33270F",
  bad: "#F87171",
  badSoft: "#3A1C20",
  note: "#7AA7FF",
  noteSoft: "#1A2847",
  idle: "#A8B4C6",
  idleSoft: "#1E293B",
};

/** Eight series that color-blind readers tell apart, the house's color first. */
export const SERIES: Record<"light" | "dark", readonly string[]> = {
  light: ["#0F766E", "#D97706", "#2563EB", "#9D174D", "#65A30D", "#7C3AED", "#0891B2", "#78716C"],
  dark: ["#2DD4BF", "#FBBF24", "#7AA7FF", "#F472B6", "#A3E635", "#C4A5FD", "#38D3F0", "#B8B0A8"],
};

export const FONT =
  '-apple-system, BlinkMacSystemFont, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Helvetica Neue", sans-serif';

/** CSS variable names: `inkSoft` is `--ink-soft`. */
export function cssVariables(tokens: Tokens): [name: string, value: string][] {
  return Object.entries(tokens).map(([name, value]) => [
    `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`,
    value,
  ]);
}
