import { fireEvent, screen, waitFor } from "@testing-library/react";
import { show } from "@/testing/show";
import { SignInForm } from "./sign-in-form";

const SESSION = {
  user_id: 1,
  name: "王晓敏",
  organization_id: 1,
  organization_name: "沐禾",
  organization_kind: "BRAND",
  roles: ["ADMINISTRATOR"],
  scopes: ["orders:read"],
  modules_off: [],
  locale: "zh-Hans",
  timezone: "Asia/Shanghai",
  csrf_token: "t",
  live_url: "",
  impersonator_id: null,
  token: null,
};

const signedIn = () =>
  new Response(JSON.stringify(SESSION), { status: 201, headers: { "Content-Type": "application/json" } });
const refused = (status: number, code: string, facts: object = {}, headers: Record<string, string> = {}) =>
  new Response(
    JSON.stringify({
      type: "",
      code,
      title: "",
      status,
      detail: "",
      remedy: "",
      facts,
      fields: [],
      reference: "r1",
    }),
    {
      status,
      headers: { "Content-Type": "application/problem+json", ...headers },
    },
  );

function serving(...answers: Response[]) {
  const network = vi.fn(
    async (_address: string, _init: RequestInit) => answers.shift() ?? refused(500, "platform.fault"),
  );
  vi.stubGlobal("fetch", network);
  return () => network.mock.calls.map(([, init]) => JSON.parse(String(init.body)));
}

function open() {
  const done = vi.fn();
  show(<SignInForm onDone={done} />);
  return done;
}

function enter(username: string, password: string) {
  fireEvent.change(screen.getByLabelText("用户名或手机号"), { target: { value: username } });
  fireEvent.change(screen.getByLabelText("密码"), { target: { value: password } });
  fireEvent.click(screen.getByRole("button", { name: "登录" }));
}

afterEach(() => vi.unstubAllGlobals());

test("name and password are enough where nothing else is asked", async () => {
  const sent = serving(signedIn());
  const done = open();

  enter(" wang ", "correct horse");

  await waitFor(() => expect(done).toHaveBeenCalledTimes(1));
  expect(sent()).toEqual([{ username: "wang", password: "correct horse", totp: "" }]);
});

test("a wrong password is told and nobody gets in", async () => {
  serving(refused(401, "access.credentials_wrong"));
  const done = open();

  enter("wang", "wrong");

  expect((await screen.findByRole("alert")).textContent).toContain("用户名或密码不正确");
  expect(done).not.toHaveBeenCalled();
});

test("the second factor is asked for as a step, and refused as a mistake", async () => {
  const sent = serving(refused(401, "access.totp_needed"), refused(401, "access.totp_needed"), signedIn());
  const done = open();

  enter("wang", "correct horse");
  const code = await screen.findByLabelText(/动态验证码/);
  expect(screen.queryByRole("alert")).toBeNull();
  fireEvent.change(code, { target: { value: "123 456" } });
  expect(screen.queryByRole("alert")).toBeNull(); // asking is no refusal of what is being typed
  fireEvent.click(screen.getByRole("button", { name: "登录" }));
  expect((await screen.findByRole("alert")).textContent).toContain("动态验证码不对");
  fireEvent.click(screen.getByRole("button", { name: "登录" }));

  await waitFor(() => expect(done).toHaveBeenCalledTimes(1));
  expect(sent().map((body) => body.totp)).toEqual(["", "123456", "123456"]);
});

test("without the phone at hand a recovery code is taken in place of the code", async () => {
  const sent = serving(refused(401, "access.totp_needed"), signedIn());
  const done = open();

  enter("wang", "correct horse");
  fireEvent.click(await screen.findByRole("button", { name: /用恢复码登录/ }));
  fireEvent.change(screen.getByLabelText(/恢复码/), { target: { value: "3FA9 12CD 77EE 0011 22AB" } });
  fireEvent.click(screen.getByRole("button", { name: "登录" }));

  await waitFor(() => expect(done).toHaveBeenCalledTimes(1));
  expect(sent()[1]).toEqual({
    username: "wang",
    password: "correct horse",
    recovery_code: "3FA912CD77EE001122AB",
  });
});

test("who serves several partners chooses for which one", async () => {
  const identities = [
    { user_id: 7, organization: "苏州恒通" },
    { user_id: 9, organization: "南京顺达" },
  ];
  const sent = serving(refused(409, "access.choose_identity", { identities }), signedIn());
  const done = open();

  enter("13800000000", "correct horse");
  fireEvent.click(await screen.findByLabelText("南京顺达"));
  fireEvent.click(screen.getByRole("button", { name: "登录" }));

  await waitFor(() => expect(done).toHaveBeenCalledTimes(1));
  expect(sent()[1]).toEqual({ username: "13800000000", password: "correct horse", totp: "", user_id: 9 });
});

test("after too many attempts the button waits as long as the server says", async () => {
  const sent = serving(refused(429, "access.too_many_attempts", {}, { "Retry-After": "42" }));
  open();

  enter("wang", "wrong");

  const button = await screen.findByRole<HTMLButtonElement>("button", { name: "42 秒后可重试" });
  expect(button.disabled).toBe(true);
  fireEvent.click(button);
  expect(sent()).toHaveLength(1);
});
