import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import { ConfigProvider } from "antd";
import type { ReactElement } from "react";

/** Renders as the app does: antd's settings and an empty query cache around it. */
export function show(element: ReactElement): RenderResult {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(element, {
    wrapper: ({ children }) => (
      <ConfigProvider button={{ autoInsertSpace: false }}>
        <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      </ConfigProvider>
    ),
  });
}
