import { type Problem, problemOf } from "@/problem";
import { placed } from "./placed";

const refused = (code: string, fields: Problem["fields"]): Problem => ({ ...problemOf(code, 422), fields });
const at = (field: string, code = "input.value_error") => ({ field, reason: `of ${field}`, code });

test("a reason stands beside the input it is about, and then nothing is left for the box", () => {
  const { beside, rest } = placed(refused("platform.invalid_input", [at("name"), at("phone")]), [
    "name",
    "phone",
  ]);
  expect([...beside.keys()]).toEqual(["name", "phone"]);
  expect(beside.get("phone")).toEqual([at("phone")]);
  expect(rest).toBeNull();
});

test("what belongs to no input that is shown stays in the box", () => {
  const { beside, rest } = placed(refused("kernel.several_refused", [at("name"), at("email")]), ["name"]);
  expect([...beside.keys()]).toEqual(["name"]);
  expect(rest?.fields).toEqual([at("email")]);
});

test("a refusal that is more than its inputs is still said as a whole", () => {
  const own = refused("access.username_taken", [at("username", "access.username_taken")]);
  expect(placed(own, ["username"]).rest).toBeNull();
  const other = refused("orders.closed", [at("note")]);
  expect(placed(other, ["note"])).toMatchObject({ rest: { code: "orders.closed", fields: [] } });
  const plain = refused("orders.closed", []);
  expect(placed(plain, ["note"])).toEqual({ beside: new Map(), rest: plain });
});

test("the nearest input holds a place: a row its parts, a group its members", () => {
  const { beside, rest } = placed(
    refused("platform.invalid_input", [at("lines[1].units"), at("lines.0.unit_price"), at("address.phone")]),
    ["lines.0", "lines.0.unit_price", "lines.1", "phone"],
  );
  expect(Object.fromEntries(beside)).toEqual({
    "lines.1": [at("lines[1].units")],
    "lines.0.unit_price": [at("lines.0.unit_price")],
    phone: [at("address.phone")],
  });
  expect(rest).toBeNull();
});

test("a row's note is not the form's note, and the tenth row not the first", () => {
  const fields = [at("lines.3.note"), at("lines.10.units")];
  const { beside, rest } = placed(refused("platform.invalid_input", fields), ["note", "lines.1"]);
  expect(beside.size).toBe(0);
  expect(rest?.fields).toEqual(fields);
});
