import { factsOf } from "./notices";

test("a notice is filled with figures as people write them, and with nothing where nothing is known", () => {
  const notice = {
    id: 1,
    kind: "order.confirmed",
    created_at: "2026-11-28T10:00:00Z",
    subject_id: "x",
    subject_type: "order",
    unread: true,
    payload: { number: "XS20261128-0001", gross_amount: "1234.5", lines: 3, odd: { a: 1 } },
  };
  expect(factsOf(notice)).toMatchObject({
    number: "XS20261128-0001",
    amount: "¥1,234.50",
    count: "3",
    reason: "",
    odd: "",
  });
});
