import { placeOf, tasksFor } from "./menu";

test("the menu shows only what the scopes open", () => {
  const tasks = tasksFor(new Set(["orders:read", "session:use"]));

  expect(tasks.map((task) => [task.key, task.places.map((place) => place.to)])).toEqual([
    ["menu.orders", ["/orders", "/returns"]],
    ["menu.stock", ["/shipments"]],
    ["menu.settings", ["/sessions"]],
  ]);
});

test.each([
  ["/", "/"],
  ["/orders/019a", "/orders"],
  ["/ordersx", undefined],
  ["/sessions", "/sessions"],
])("%s belongs to %s", (path, place) => {
  expect(placeOf(path)?.to).toBe(place);
});

test("a module that is switched off loses its places", () => {
  const tasks = tasksFor(new Set(["orders:read", "metrics:read"]), new Set(["insights"]));

  expect(tasks.map((task) => task.key)).toEqual(["menu.orders", "menu.stock"]);
});

test("a partner has its own company beside those below it, headquarters has none", () => {
  const scopes = new Set(["partners:read"]);
  const places = (isStaff: boolean) =>
    tasksFor(scopes, new Set(), isStaff).flatMap((task) => task.places.map((place) => place.to));

  expect(places(false)).toEqual(["/partners", "/company"]);
  expect(places(true)).toEqual(["/partners"]);
});
