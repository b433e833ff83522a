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
