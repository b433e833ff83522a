import { render, screen } from "@testing-library/react";
import "@/i18n/setup";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { pagesSpeak } from "@/i18n/setup";
import { BelowTag } from "./below-tag";
import { readQuestion } from "./question";

const ADDRESS = { metric: ["days_of_cover"], rows: "partner", sort: "days_of_cover:asc", below: "7" };

const show = (count: number | null) => {
  vi.stubGlobal(
    "fetch",
    vi.fn(async () => Response.json([])),
  );
  return render(
    <QueryClientProvider client={new QueryClient()}>
      <BelowTag question={readQuestion(ADDRESS, "2026-11-29")} count={count} onClose={() => undefined} />
    </QueryClientProvider>,
  );
};

beforeAll(() => pagesSpeak());
afterEach(() => vi.unstubAllGlobals());

test("a list of low figures that is cut says of how many", () => {
  show(1312);
  expect(screen.getByText(/共 1,312 个，只列出数值最低的 200 个/)).toBeTruthy();
});

test("one that is whole says nothing more", () => {
  show(200);
  expect(screen.queryByText(/只列出/)).toBeNull();
});
