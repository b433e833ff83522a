import * as gen from "@/gen/access/access";
import * as wechat from "@/platform/wechat";
import { problemOf } from "@/problem";
import { enter, forgetTicket } from "./enter";

vi.mock("@/platform/server", () => ({ IS_WEAPP: true, SERVER: "", VERSION: "" }));
vi.mock("@/platform/wechat", () => ({ wechatCode: vi.fn(), appId: () => "" }));
vi.mock("@/gen/access/access", () => ({
  bindWechat: vi.fn(),
  bindWechatByPhone: vi.fn(),
  signIn: vi.fn(),
  signInByCode: vi.fn(),
  signInByWechat: vi.fn(),
}));

const calls = vi.mocked(gen);
const session = (more: object = {}) => ({ user_id: 7, must_change_password: false, ...more }) as never;
const refusal = (code: string, facts: Record<string, unknown> = {}) => ({ ...problemOf(code, 409), facts });
const nothing = { userId: null, factor: "" };
const byCode = { way: "code", phone: "138 1234 5678", code: "012345" } as const;
const byPassword = { way: "password", username: " buyer ", password: "secret" } as const;
const silent = { proof: { way: "wechat", isQuiet: true }, chosen: nothing, isBinding: false } as const;

beforeEach(() => {
  vi.resetAllMocks();
  forgetTicket();
  let number = 0;
  vi.mocked(wechat.wechatCode).mockImplementation(async () => `code-${++number}`);
});

/** WeChat answered, and was nobody's. */
async function unbound() {
  calls.signInByWechat.mockRejectedValueOnce(refusal("access.wechat_not_bound", { ticket: "T".repeat(30) }));
  await expect(enter(silent, vi.fn())).rejects.toMatchObject({ code: "access.wechat_not_bound" });
}

test("a code to the phone binds with the ticket of the WeChat that was nobody's, in one step", async () => {
  await unbound();
  calls.bindWechatByPhone.mockResolvedValueOnce(session());
  const opened = vi.fn();
  const { unbound: why } = await enter({ proof: byCode, chosen: nothing, isBinding: true }, opened);
  expect(calls.bindWechatByPhone).toHaveBeenCalledExactlyOnceWith({
    ticket: "T".repeat(30),
    phone: "13812345678",
    code: "012345",
    user_id: null,
    totp: "",
    recovery_code: "",
  });
  expect([opened.mock.calls.length, why, calls.signInByCode.mock.calls.length]).toEqual([1, null, 0]);
});

test("a ticket that grew too old is done without: signed in by the code, bound afterwards", async () => {
  await unbound();
  calls.bindWechatByPhone.mockRejectedValueOnce(refusal("access.wechat_ticket_wrong"));
  calls.signInByCode.mockResolvedValueOnce(session());
  const opened = vi.fn();
  calls.bindWechat.mockImplementationOnce(async () => {
    expect(opened).toHaveBeenCalledOnce(); // in the name of whoever signed in
    return {} as never;
  });
  await enter({ proof: byCode, chosen: nothing, isBinding: true }, opened);
  expect(calls.bindWechat).toHaveBeenCalledExactlyOnceWith({ code: "code-2", app_id: "" });
});

test("whoever does not wish it binds nothing, ticket or not", async () => {
  await unbound();
  calls.signInByCode.mockResolvedValueOnce(session());
  await enter({ proof: byCode, chosen: nothing, isBinding: false }, vi.fn());
  expect([calls.bindWechatByPhone.mock.calls.length, calls.bindWechat.mock.calls.length]).toEqual([0, 0]);
});

test("another person's phone is never bound with a ticket that remembers the one before", async () => {
  await unbound();
  forgetTicket();
  calls.signInByCode.mockResolvedValueOnce(session());
  calls.bindWechat.mockResolvedValueOnce({} as never);
  await enter({ proof: byCode, chosen: nothing, isBinding: true }, vi.fn());
  expect(calls.bindWechatByPhone).not.toHaveBeenCalled();
});

test("a first password that others know binds no WeChat", async () => {
  calls.signIn.mockResolvedValueOnce(session({ must_change_password: true }));
  await enter({ proof: byPassword, chosen: nothing, isBinding: true }, vi.fn());
  expect(calls.bindWechat).not.toHaveBeenCalled();
  expect(calls.signIn.mock.calls[0]?.[0]).toMatchObject({ username: "buyer", device: true });
});

test("what keeps WeChat from being bound keeps nobody out", async () => {
  calls.signIn.mockResolvedValueOnce(session());
  calls.bindWechat.mockRejectedValueOnce(refusal("wechat.unavailable"));
  const entered = await enter({ proof: byPassword, chosen: nothing, isBinding: true }, vi.fn());
  expect(entered.unbound?.code).toBe("wechat.unavailable");
});

test("each attempt by WeChat alone takes a fresh code; where there is none nothing is asked", async () => {
  calls.signInByWechat.mockRejectedValueOnce(
    refusal("access.choose_identity", { identities: [{ user_id: 9, organization: "观前街店" }] }),
  );
  await expect(enter(silent, vi.fn())).rejects.toMatchObject({ code: "access.choose_identity" });
  calls.signInByWechat.mockResolvedValueOnce(session());
  await enter({ ...silent, chosen: { userId: 9, factor: "" } }, vi.fn());
  expect(calls.signInByWechat.mock.calls.map(([body]) => [body.code, body.user_id])).toEqual([
    ["code-1", null],
    ["code-2", 9],
  ]);

  vi.mocked(wechat.wechatCode).mockResolvedValueOnce(null);
  await expect(enter(silent, vi.fn())).rejects.toMatchObject({ code: "wechat.code_wrong" });
  expect(calls.signInByWechat).toHaveBeenCalledTimes(2);
});

const byWechatPhone = { way: "wechat-phone", code: "phone-1" } as const;
const bound = (more: object) => ({
  ticket: "T".repeat(30),
  user_id: null,
  totp: "",
  recovery_code: "",
  ...more,
});

test("the phone that WeChat knows binds and signs in; asked for whom, the ticket remembers it", async () => {
  await unbound();
  calls.bindWechatByPhone.mockRejectedValueOnce(refusal("access.choose_identity"));
  const wanted = { proof: byWechatPhone, isBinding: true };
  await expect(enter({ ...wanted, chosen: nothing }, vi.fn())).rejects.toMatchObject({
    code: "access.choose_identity",
  });
  calls.bindWechatByPhone.mockResolvedValueOnce(session());
  const opened = vi.fn();
  const { unbound: why } = await enter({ ...wanted, chosen: { userId: 9, factor: "" } }, opened);

  expect(calls.bindWechatByPhone.mock.calls).toEqual([
    [bound({ phone_code: "phone-1" })],
    [bound({ phone_code: "", user_id: 9 })],
  ]);
  expect([opened.mock.calls.length, why, calls.bindWechat.mock.calls.length]).toEqual([1, null, 0]);
});

test("a ticket that grew too old is fetched anew for the same phone, once", async () => {
  await unbound();
  const tooOld = refusal("access.wechat_ticket_wrong");
  calls.bindWechatByPhone.mockRejectedValueOnce(tooOld).mockResolvedValueOnce(session());
  const fresh = refusal("access.wechat_not_bound", { ticket: "F".repeat(30) });
  calls.signInByWechat.mockRejectedValueOnce(fresh);
  await enter({ proof: byWechatPhone, chosen: nothing, isBinding: true }, vi.fn());
  expect(calls.bindWechatByPhone.mock.calls.map(([body]) => [body.ticket[0], body.phone_code])).toEqual([
    ["T", "phone-1"],
    ["F", "phone-1"],
  ]);

  calls.bindWechatByPhone.mockRejectedValue(tooOld);
  calls.signInByWechat.mockRejectedValue(fresh);
  await expect(
    enter({ proof: byWechatPhone, chosen: nothing, isBinding: true }, vi.fn()),
  ).rejects.toMatchObject({ code: "access.wechat_ticket_wrong" });
  expect(calls.bindWechatByPhone).toHaveBeenCalledTimes(4);
});

test("an answer that came too late begins anew: no ticket knows its phone any more", async () => {
  await unbound();
  calls.bindWechatByPhone.mockRejectedValue(refusal("access.wechat_ticket_wrong"));
  await expect(
    enter({ proof: byWechatPhone, chosen: { userId: 9, factor: "" }, isBinding: true }, vi.fn()),
  ).rejects.toMatchObject({ code: "access.wechat_ticket_wrong" });
  expect(calls.bindWechatByPhone).toHaveBeenCalledOnce();
});

test("a WeChat that was bound meanwhile signs in without the phone", async () => {
  calls.signInByWechat.mockResolvedValueOnce(session());
  const { session: found } = await enter({ proof: byWechatPhone, chosen: nothing, isBinding: true }, vi.fn());
  expect(found.user_id).toBe(7);
  expect(calls.bindWechatByPhone).not.toHaveBeenCalled();
});
