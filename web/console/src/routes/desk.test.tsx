import { screen, waitFor } from "@testing-library/react";
import { expect, test } from "vitest";
import type { MetricQueryIn } from "@/gen/model";
import { SESSION, showPage } from "@/testing/show-page";

const ORDERS = {
  name: "orders",
  zh: "订单数",
  en: "Orders",
  explanation_zh: "",
  explanation_en: "",
  unit: "count",
  dimensions: [],
};
const FIGURES = {
  compared_with: null,
  currency: "CNY",
  dimensions: [],
  engine_ms: 1,
  freshness: { complete_at: "2026-11-30T01:00:00Z" },
  is_cut: false,
  metrics: [{ name: "orders", unit: "count" }],
  period: { start: "2026-11-01", end: "2026-12-01" },
  rows: [{ keys: [], labels: [], values: ["1011"], before: ["900"], growth: ["0.123"] }],
  sql: "",
  total: null,
};

/** A desk whose figures come when `give` is called. */
function showDesk() {
  let give = () => undefined as unknown;
  const first = new Promise<object>((resolve) => {
    give = () => resolve(FIGURES);
  });
  const { asked } = showPage("/", {
    "GET /session": { ...SESSION, scopes: [...SESSION.scopes, "metrics:read"] },
    "GET /session/settings": { tiles: ["orders"] },
    "GET /metrics": { items: [ORDERS], dimensions: [] },
    "POST /metrics/query": (body) =>
      (body as MetricQueryIn).compare === "previous_period" ? first : undefined,
    "GET /desk/waiting": [],
    "GET /desk/alerts": [{ key: "orders.waiting", count: 5, limit: 24, oldest_at: null }],
    "GET /notices": { items: [], next_cursor: null },
    "GET /notices/unread": { unread: 0 },
  });
  const paths = () => asked.map(({ path }) => path);
  const questions = () =>
    asked
      .filter(({ path }) => path === "/metrics/query")
      .map(({ body }) => (body as MetricQueryIn).compare ?? "none");
  return { give: () => give(), paths, questions };
}

test("the desk asks for the rest only when its figures are here", async () => {
  const { give, paths, questions } = showDesk();
  await waitFor(() => expect(questions()).toContain("previous_period"));
  await new Promise((resolve) => setTimeout(resolve, 100));

  expect(new Set(questions())).toEqual(new Set(["previous_period"]));
  expect(paths()).not.toContain("/desk/alerts");
  expect(paths()).not.toContain("/notices");

  give();
  expect(await screen.findByText("1,011")).toBeTruthy();
  await waitFor(() => expect(paths()).toContain("/desk/alerts"));
  await waitFor(() => expect(paths()).toContain("/notices"));
  expect(questions()).toContain("last_year");
});

test("figures that do not come keep nothing else away for long, and there is room for as many alerts as last time", async () => {
  localStorage.setItem(`huiliu.alerts.${SESSION.user_id}`, "2");
  const { paths } = showDesk();

  const title = await screen.findByText("预警");
  expect(title.closest("section")?.querySelectorAll("li").length).toBe(2);
  expect(paths()).not.toContain("/desk/alerts");

  await waitFor(() => expect(paths()).toContain("/desk/alerts"), { timeout: 4_000 });
  await waitFor(() => expect(localStorage.getItem(`huiliu.alerts.${SESSION.user_id}`)).toBe("1"));
});
