import { fireEvent, screen } from "@testing-library/react";
import { speak } from "@/i18n/setup";
import { show } from "@/testing/show";
import { Refusal } from "./refusal";

const PROBLEM = {
  type: "",
  code: "orders.credit_exceeded",
  title: "Credit exceeded",
  status: 409,
  detail: "The order is larger than what is available.",
  remedy: "Pay first.",
  facts: { available: "1200.00", internal_id: 7 },
  fields: [{ field: "lines.0.quantity", reason: "must be above zero" }],
  reference: "7f3a-9c21",
};

afterEach(() => speak("zh-Hans"));

test("a refusal says what happened, what to do, the facts people know, the field and the reference", () => {
  show(<Refusal of={PROBLEM} />);

  const alert = screen.getByRole("alert");
  expect(alert.textContent).toContain("超过可用额度");
  expect(alert.textContent).toContain("请先付款、申请提高额度，或减少订购。");
  expect(alert.textContent).toContain("可用1200.00");
  expect(alert.textContent).toContain("第 1 行 · 数量 must be above zero");
  expect(alert.textContent).toContain("参考编号 7f3a-9c21");
  expect(alert.textContent).not.toContain("internal_id");
});

test("the same refusal speaks English when the screen does", async () => {
  await speak("en");

  show(<Refusal of={PROBLEM} />);

  expect(screen.getByRole("alert").textContent).toContain("Above the available credit");
});

test("a code without own words shows the server's", () => {
  show(<Refusal of={{ ...PROBLEM, code: "new_module.new_refusal" }} />);

  expect(screen.getByRole("alert").textContent).toContain("Credit exceeded");
  expect(screen.getByRole("alert").textContent).toContain("Pay first.");
});

test("a mistake of this program is told, not thrown", () => {
  show(<Refusal of={new Error("boom")} />);

  expect(screen.getByRole("alert").textContent).toContain("页面出错了");
});

test("nothing refused, nothing shown; retry is offered only where it means something", () => {
  const retry = vi.fn();
  const { container, rerender } = show(<Refusal of={null} />);
  expect(container.textContent).toBe("");

  rerender(<Refusal of={PROBLEM} onRetry={retry} />);
  fireEvent.click(screen.getByRole("button", { name: "重试" }));

  expect(retry).toHaveBeenCalledTimes(1);
});
