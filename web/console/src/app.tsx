import type { Language } from "@shared/money";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App as AntdApp, ConfigProvider } from "antd";
import type { Locale } from "antd/es/locale";
import zhCN from "antd/es/locale/zh_CN";
import dayjs from "dayjs";
import "dayjs/locale/zh-cn";
import { useEffect, useMemo, useState } from "react";
import { onSignedOut } from "@/http";
import { useLanguage } from "@/i18n/language";
import { queries } from "@/queries";
import { router } from "@/router";
import { antdTheme } from "@/theme/antd";
import { useMode, usePreferences } from "@/theme/preferences";
import { cssVariables, DARK, LIGHT } from "@/theme/tokens";

/** The components' own words; those of a language nobody speaks here are not loaded. */
const ANTD: Record<Language, () => Promise<Locale>> = {
  "zh-Hans": () => Promise.resolve(zhCN),
  "zh-Hant": () =>
    Promise.all([import("antd/es/locale/zh_TW"), import("dayjs/locale/zh-tw")]).then(([it]) => it.default),
  en: () => import("antd/es/locale/en_US").then((it) => it.default),
};
const DAYJS = { "zh-Hans": "zh-cn", "zh-Hant": "zh-tw", en: "en" } as const;

/** Puts the house's colors where the style sheet reads them. */
function usePageColors(): void {
  const mode = useMode();
  const { riseIsRed, density } = usePreferences();
  useEffect(() => {
    const { style, dataset } = document.documentElement;
    for (const [name, value] of cssVariables(mode === "dark" ? DARK : LIGHT)) style.setProperty(name, value);
    style.colorScheme = mode;
    dataset.rise = riseIsRed ? "red" : "green";
    dataset.density = density;
  }, [mode, riseIsRed, density]);
}

/** When the session ends elsewhere, the way back in leads to the page one was on. */
function useSessionEnd(): void {
  useEffect(
    () =>
      onSignedOut(() => {
        const { pathname, href } = router.state.location;
        if (pathname === "/sign-in" || router.state.status === "pending") return;
        queries.clear();
        void router.navigate({ to: "/sign-in", search: { to: href } as never });
      }),
    [],
  );
}

function useLocale(language: Language): Locale {
  const [locale, setLocale] = useState<Locale>(zhCN);
  useEffect(() => {
    let isWanted = true;
    void ANTD[language]().then((loaded) => {
      if (!isWanted) return;
      dayjs.locale(DAYJS[language]);
      setLocale(loaded);
    });
    return () => {
      isWanted = false;
    };
  }, [language]);
  return locale;
}

export function App() {
  const language = useLanguage();
  const mode = useMode();
  const { density } = usePreferences();
  const theme = useMemo(() => antdTheme(mode, density), [mode, density]);
  usePageColors();
  useSessionEnd();
  const locale = useLocale(language);
  return (
    <ConfigProvider theme={theme} locale={locale} button={{ autoInsertSpace: false }}>
      <AntdApp>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </AntdApp>
    </ConfigProvider>
  );
}
