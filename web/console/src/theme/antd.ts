import { type ThemeConfig, theme } from "antd";
import { DARK, FONT, LIGHT } from "./tokens";

export type Mode = "light" | "dark";
export type Density = "dense" | "comfortable";

/** The house's tokens as antd reads them. */
export function antdTheme(mode: Mode, density: Density): ThemeConfig {
  const tokens = mode === "dark" ? DARK : LIGHT;
  const cell = density === "dense" ? 8 : 14;
  return {
    // Named by its theme: what is kept of another theme never meets this one (theme/kept-styles.ts).
    cssVar: { key: `huiliu-${mode}-${density}` },
    algorithm: mode === "dark" ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary: tokens.primary,
      colorInfo: tokens.note,
      colorSuccess: tokens.good,
      colorWarning: tokens.wait,
      colorError: tokens.bad,
      colorLink: tokens.primary,
      colorText: tokens.ink,
      colorTextHeading: tokens.ink,
      colorTextSecondary: tokens.inkSoft,
      colorTextTertiary: tokens.inkSoft,
      colorTextDescription: tokens.inkSoft,
      colorTextPlaceholder: mode === "dark" ? "#8494AB" : "#64748B",
      colorIcon: tokens.inkSoft,
      colorWarningBg: tokens.waitSoft,
      colorWarningBorder: mode === "dark" ? "#5C4514" : "#F2D9AE",
      colorErrorBg: tokens.badSoft,
      colorErrorBorder: mode === "dark" ? "#6B2A30" : "#F3C6C6",
      colorSuccessBg: tokens.goodSoft,
      colorInfoBg: tokens.noteSoft,
      colorBgLayout: tokens.ground,
      colorBgContainer: tokens.surface,
      colorBgElevated: tokens.raised,
      colorBorder: tokens.line,
      colorBorderSecondary: tokens.line,
      colorSplit: tokens.lineSoft,
      controlItemBgHover: tokens.hover,
      controlItemBgActive: tokens.chosen,
      controlItemBgActiveHover: tokens.chosen,
      colorTextLightSolid: tokens.onPrimary,
      fontFamily: FONT,
      fontSize: 14,
      borderRadius: 6,
      wireframe: false,
      motionDurationMid: "0.12s",
      motionDurationSlow: "0.18s",
      boxShadowTertiary: "none",
    },
    components: {
      Layout: { headerBg: tokens.surface, siderBg: tokens.surface, bodyBg: tokens.ground, headerHeight: 52 },
      Menu: {
        itemBg: "transparent",
        subMenuItemBg: "transparent",
        itemSelectedBg: tokens.primarySoft,
        itemSelectedColor: tokens.primary,
        itemHeight: 38,
        itemBorderRadius: 6,
        activeBarBorderWidth: 0,
      },
      Table: {
        headerBg: mode === "dark" ? tokens.raised : "#F8FAFB",
        headerColor: tokens.inkSoft,
        headerSplitColor: "transparent",
        cellPaddingBlock: cell,
        cellPaddingBlockMD: cell,
        cellPaddingBlockSM: cell,
        rowHoverBg: tokens.hover,
        borderColor: tokens.lineSoft,
      },
      Card: { headerFontSize: 15, paddingLG: 20 },
      Button: { primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
      Tooltip: { colorBgSpotlight: tokens.tip, colorTextLightSolid: tokens.onTip },
    },
  };
}
