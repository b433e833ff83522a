import { alertAddress } from "./alert-words";

const address = (key: string, isStaff = true) =>
  alertAddress({ key, limit: 30, organization_id: 7 }, isStaff);

test("an alert leads to the list of exactly what it counts", () => {
  expect(address("orders.late.SUBMITTED")).toBe("/orders?state=SUBMITTED&late=true&seller=7");
  expect(address("orders.late.CONFIRMED")).toBe(
    "/orders?state=CONFIRMED&state=PARTIALLY_SHIPPED&late=true&seller=7",
  );
  expect(address("stock.expiring")).toBe("/stock?tab=expiring&soon=30&organization=7");
  expect(address("stock.cover_low", false)).toBe("/stock?group=ORGANIZATION&cover=30&organization=7");
  expect(address("stock.cover_low")).toBe(
    "/explore?metric=days_of_cover&metric=stock_units&rows=partner&period=days_30&sort=days_of_cover%3Aasc&below=30",
  );
  expect(address("money.overdue")).toBe("/balances?overdue=true&seller=7");
  expect(address("money.own_overdue", false)).toBe("/balances?overdue=true&buyer=7");
});
