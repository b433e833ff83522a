import type { Problem } from "@/problem";
import { identitiesOf, wantsCode } from "./identity";

const refusal = (code: string, facts: Record<string, unknown> = {}): Problem => ({
  type: "",
  code,
  title: "",
  status: 409,
  detail: "",
  remedy: "",
  facts,
  fields: [],
  reference: "",
});

test("who serves several companies chooses among them", () => {
  const identities = [
    { user_id: 7, organization: "苏州盛达" },
    { user_id: 9, organization: "观前街店" },
  ];
  expect(identitiesOf(refusal("access.choose_identity", { identities }))).toEqual(identities);
});

test("any other refusal asks for no choice, and broken facts give none", () => {
  expect(
    identitiesOf(refusal("access.wrong_password", { identities: [{ user_id: 7, organization: "x" }] })),
  ).toEqual([]);
  expect(identitiesOf(refusal("access.choose_identity", { identities: [null, 3, {}] }))).toEqual([]);
  expect(identitiesOf(null)).toEqual([]);
});

test("the second factor is asked for when the server wants it", () => {
  expect([wantsCode(refusal("access.totp_needed")), wantsCode(refusal("other")), wantsCode(null)]).toEqual([
    true,
    false,
    false,
  ]);
});
