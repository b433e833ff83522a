import type { UserOut } from "@/gen/model";
import { actionsOf, changesOf, draftOf, isFull, lacksOf, NOBODY, newUserOf, withRole } from "./draft";
import { BYTES, passwordOf } from "./password";

const chen: UserOut = {
  id: 7,
  username: "chen",
  name: "陈库管",
  phone: "13812345678",
  email: "",
  organization_id: 21,
  organization_name: "盛达",
  roles: ["KEEPER"],
  is_active: true,
  has_totp: false,
  must_change_password: false,
  version: 4,
  last_seen_at: null,
  allowed_actions: ["activate", "view_as", "change"],
};

test("a colleague needs a name, a user name and a role; a phone only when it is given must be one", () => {
  expect(lacksOf(NOBODY)).toEqual(["name", "username", "roles"]);
  expect(lacksOf({ name: " ", username: "a", phone: "123", roles: ["BUYER"] })).toEqual(["name", "phone"]);
  expect(lacksOf({ name: "王", username: "a", phone: "+86 138 1234 5678", roles: ["BUYER"] })).toEqual([]);
});

test("a new colleague is sent without the spaces around and with the phone as digits", () => {
  const draft = { name: " 王采购 ", username: " wang ", phone: "138 1234 5678", roles: ["BUYER" as const] };
  expect(newUserOf(draft, 21, "secret")).toEqual({
    organization_id: 21,
    name: "王采购",
    username: "wang",
    phone: "13812345678",
    roles: ["BUYER"],
    password: "secret",
  });
});

test("only what was changed is sent, with the version that was seen", () => {
  expect(changesOf(chen, draftOf(chen))).toEqual({ version: 4 });
  const both = withRole(draftOf(chen), "BUYER", true, ["OWNER", "BUYER", "KEEPER"]);
  expect(both.roles).toEqual(["BUYER", "KEEPER"]);
  expect(changesOf(chen, both)).toEqual({ version: 4, roles: ["BUYER", "KEEPER"] });
  expect(changesOf(chen, { ...draftOf(chen), phone: "" })).toEqual({ version: 4, phone: "" });
  expect(withRole(both, "KEEPER", false, ["OWNER", "BUYER", "KEEPER"]).roles).toEqual(["BUYER"]);
});

test("what may be done to somebody is what the server allows, in the house's order", () => {
  expect(actionsOf(chen)).toEqual(["change", "activate"]);
  expect(actionsOf({ allowed_actions: [] })).toEqual([]);
});

test("seats are full at their number; without a number never", () => {
  expect(isFull({ used: 4, seats: 5 })).toBe(false);
  expect(isFull({ used: 5, seats: 5 })).toBe(true);
  expect(isFull({ used: 900, seats: null })).toBe(false);
});

test("a first password has three parts of letters that cannot be mistaken for each other", () => {
  const bytes = Uint8Array.from({ length: BYTES }, (_, index) => (index * 37) % 256);
  expect(passwordOf(bytes)).toMatch(/^[a-hjkmnp-z2-9]{5}(-[a-hjkmnp-z2-9]{5}){2}$/);
  expect(passwordOf(new Uint8Array(BYTES))).toBe("aaaaa-aaaaa-aaaaa");
  expect(passwordOf(new Uint8Array(BYTES).fill(255))).not.toBe(passwordOf(new Uint8Array(BYTES)));
});
