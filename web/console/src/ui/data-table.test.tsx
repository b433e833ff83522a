import { fireEvent, screen } from "@testing-library/react";
import { show } from "@/testing/show";
import { type Column, DataTable } from "./data-table";
import type { Pages } from "./use-pages";

interface Row {
  id: number;
  name: string;
  amount: string;
}

const COLUMNS: Column<Row>[] = [
  { key: "name", title: "名称", render: (row) => <a href={`#${row.id}`}>{row.name}</a> },
  { key: "amount", title: "金额", numeric: true, render: (row) => row.amount },
];
const ROWS: Row[] = [
  { id: 1, name: "苏州恒通", amount: "¥1.00" },
  { id: 2, name: "南京顺达", amount: "¥2.00" },
];

const pagesOf = (change: Partial<Pages<Row>>): Pages<Row> => ({
  list: "rows",
  rows: ROWS,
  isLoading: false,
  isLoadingMore: false,
  problem: null,
  reload: () => undefined,
  ...change,
});

beforeEach(() => {
  // A desk, not a phone: antd asks the media queries of its breakpoints.
  vi.spyOn(window, "matchMedia").mockImplementation(
    (query) =>
      ({
        matches: true,
        media: query,
        addEventListener() {},
        removeEventListener() {},
        addListener() {},
        removeListener() {},
      }) as never,
  );
});

const list = (change: Partial<Pages<Row>>, onOpen?: (row: Row) => void) =>
  show(
    <DataTable
      label="列表"
      columns={COLUMNS}
      pages={pagesOf(change)}
      rowKey={(row) => row.id}
      empty="还没有。"
      onOpen={onOpen}
    />,
  );

test("figures stand to the right in tabular digits, and the first column is frozen", () => {
  list({});

  const cell = screen.getByText("¥1.00");
  expect(cell.className).toContain("figures");
  expect(cell.style.textAlign).toBe("right");
  expect(screen.getByText("苏州恒通").closest("td")?.className).toContain("fix");
});

test("a click on the row opens it, a click on its link does only what the link does", () => {
  const open = vi.fn();
  list({}, open);

  fireEvent.click(screen.getByText("苏州恒通"));
  expect(open).not.toHaveBeenCalled();
  fireEvent.click(screen.getByText("¥2.00"));

  expect(open.mock.calls).toEqual([[ROWS[1]]]);
});

test("more is offered while there is more", () => {
  const loadMore = vi.fn();
  const { rerender } = list({ loadMore });

  fireEvent.click(screen.getByRole("button", { name: "加载更多" }));
  expect(loadMore).toHaveBeenCalledTimes(1);
  expect(screen.getByText("已显示 2 条，还有更多")).toBeTruthy();

  rerender(
    <DataTable label="列表" columns={COLUMNS} pages={pagesOf({})} rowKey={(row) => row.id} empty="" />,
  );
  expect(screen.queryByRole("button", { name: "加载更多" })).toBeNull();
  expect(screen.getByText("共 2 条，已全部显示")).toBeTruthy();
});

test("loading, nothing and failure each say what they are", () => {
  const { unmount } = list({ rows: [], isLoading: true });
  expect(screen.getByRole("status", { name: "正在加载" })).toBeTruthy();
  unmount();

  const { unmount: close } = list({ rows: [] });
  expect(screen.getByText("还没有。")).toBeTruthy();
  close();

  list({
    rows: [],
    problem: {
      type: "",
      code: "platform.busy",
      title: "",
      status: 503,
      detail: "",
      remedy: "",
      facts: {},
      fields: [],
      reference: "r9",
    },
  });
  expect(screen.getByRole("alert").textContent).toContain("系统正忙");
});
