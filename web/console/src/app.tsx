import { StyleProvider } from "@ant-design/cssinjs";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { App as AntdApp, ConfigProvider } from "antd";
import { useEffect, useMemo } from "react";
import { onSignedOut } from "@/http";
import { componentWords } from "@/i18n/components";
import { useLanguage } from "@/i18n/language";
import { queries } from "@/queries";
import { router } from "@/router";
import { antdTheme } from "@/theme/antd";
import { keptStyles } from "@/theme/kept-styles";
import { useMode, usePreferences } from "@/theme/preferences";
import { cssVariables, DARK, LIGHT } from "@/theme/tokens";

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

const STYLES = keptStyles();

export function App() {
  const language = useLanguage();
  const mode = useMode();
  const { density } = usePreferences();
  const theme = useMemo(() => antdTheme(mode, density), [mode, density]);
  usePageColors();
  useSessionEnd();
  return (
    <StyleProvider cache={STYLES}>
      <ConfigProvider theme={theme} locale={componentWords(language)} button={{ autoInsertSpace: false }}>
        <AntdApp>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </AntdApp>
      </ConfigProvider>
    </StyleProvider>
  );
}
