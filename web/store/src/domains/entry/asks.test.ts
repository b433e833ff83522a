import { problemOf } from "@/problem";
import { factorOf, identitiesOf, isQuestion, stepAfter, wantsFactor } from "./asks";

const refusal = (code: string, facts: Record<string, unknown> = {}) => ({ ...problemOf(code, 409), facts });

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
  expect([
    wantsFactor(refusal("access.totp_needed")),
    wantsFactor(refusal("other")),
    wantsFactor(null),
  ]).toEqual([true, false, false]);
});

const choose = refusal("access.choose_identity", { identities: [{ user_id: 7, organization: "苏州盛达" }] });

test("a refusal leads to the step it asks for, and back to the proof when that is no longer good", () => {
  expect(stepAfter("proof", choose)).toBe("identity");
  expect(stepAfter("identity", refusal("access.totp_needed"))).toBe("factor");
  expect(stepAfter("factor", refusal("access.totp_needed"))).toBe("factor");
  expect(stepAfter("factor", refusal("access.code_wrong"))).toBe("proof");
  expect(stepAfter("identity", refusal("access.credentials_wrong"))).toBe("proof");
});

test("too often or no network leaves one where one is, with what was typed", () => {
  expect(stepAfter("factor", refusal("access.too_many_attempts"))).toBe("factor");
  expect(stepAfter("identity", refusal("client.offline"))).toBe("identity");
});

test("a question is no refusal; asked again after an answer it is one", () => {
  const nothing = { userId: null, factor: "" };
  expect(isQuestion(choose, nothing)).toBe(true);
  expect(isQuestion(refusal("access.totp_needed"), { userId: 7, factor: "" })).toBe(true);
  expect(isQuestion(refusal("access.totp_needed"), { userId: 7, factor: "123456" })).toBe(false);
  expect(isQuestion(refusal("access.code_wrong"), nothing)).toBe(false);
});

test("six digits are the authenticator's, everything else a recovery code", () => {
  expect(factorOf(" 012 345 ")).toEqual({ totp: "012345", recovery_code: "" });
  expect(factorOf("3fa9-12cd 77")).toEqual({ totp: "", recovery_code: "3fa9-12cd77" });
  expect(factorOf("1234567")).toEqual({ totp: "", recovery_code: "1234567" });
  expect(factorOf("")).toEqual({ totp: "", recovery_code: "" });
});
