import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, RouterProvider } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { App, ConfigProvider } from "antd";
import type { SessionOut } from "@/gen/model";
import { queries } from "@/queries";
import { routerOn } from "@/router";

export const SESSION: SessionOut = {
  user_id: 1,
  name: "王晓敏",
  organization_id: 1,
  organization_name: "沐禾食品饮料集团",
  organization_kind: "BRAND",
  roles: ["ADMINISTRATOR"],
  scopes: ["orders:read", "orders:cancel", "session:use"],
  modules_off: [],
  locale: "zh-Hans",
  timezone: "Asia/Shanghai",
  csrf_token: "t",
  live_url: "",
  must_change_password: false,
  has_totp: false,
  impersonator_id: null,
  token: null,
};

type Answer = object | ((body: unknown) => object | Promise<object> | undefined);
interface Asked {
  method: string;
  path: string;
  search: URLSearchParams;
  body: unknown;
}

/** Serves the API from a table of "METHOD /path" → answer and opens a page of the console on it. */
export function showPage(address: string, answers: Record<string, Answer>) {
  const asked: Asked[] = [];
  vi.stubGlobal("scrollTo", () => undefined);
  vi.stubGlobal(
    "fetch",
    vi.fn(async (target: string, init: RequestInit) => {
      const url = new URL(target, "http://localhost");
      const path = url.pathname.replace("/api/v1", "");
      const method = init.method ?? "GET";
      const body: unknown = typeof init.body === "string" ? JSON.parse(init.body) : undefined;
      asked.push({ method, path, search: url.searchParams, body });
      const answer =
        path === "/session" ? (answers["GET /session"] ?? SESSION) : answers[`${method} ${path}`];
      const missing = {
        code: "platform.not_found",
        status: 404,
        title: "",
        detail: "",
        remedy: "",
        facts: {},
        fields: [],
        reference: "r",
      };
      const value = typeof answer === "function" ? await answer(body) : answer;
      return new Response(JSON.stringify(value ?? missing), {
        status: value ? 200 : 404,
        headers: { "Content-Type": value ? "application/json" : "application/problem+json" },
      });
    }),
  );
  queries.clear();
  const router = routerOn(createMemoryHistory({ initialEntries: [address] }));
  render(
    <ConfigProvider button={{ autoInsertSpace: false }}>
      <App>
        <QueryClientProvider client={queries}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </App>
    </ConfigProvider>,
  );
  return { asked, router };
}
