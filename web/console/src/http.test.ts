import { http, onSignedOut, queryString } from "./http";

const problem = (status: number, code: string) =>
  new Response(
    JSON.stringify({
      code,
      status,
      title: "",
      detail: "",
      remedy: "",
      facts: {},
      fields: [],
      reference: "r1",
    }),
    {
      status,
      headers: { "Content-Type": "application/problem+json", "Retry-After": "7" },
    },
  );
const json = (value: unknown) =>
  new Response(JSON.stringify(value), { headers: { "Content-Type": "application/json" } });

function serving(...answers: (Response | Error)[]) {
  const network = vi.fn(async (_address: string, _init: RequestInit) => {
    const answer = answers.shift();
    if (!answer) throw new Error("no more answers");
    if (answer instanceof Error) throw answer;
    return answer;
  });
  vi.stubGlobal("fetch", network);
  const headers = (call: number) => network.mock.calls[call]?.[1].headers as Record<string, string>;
  return { network, headers };
}

beforeEach(() => vi.useFakeTimers({ shouldAdvanceTime: true, advanceTimeDelta: 200 }));
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("arrays are repeated keys and unset filters stay away", () => {
  expect(queryString({ state: ["A", "B"], q: "", cursor: undefined, limit: 0 })).toBe(
    "?state=A&state=B&limit=0",
  );
});

test("a POST carries a key and the session's token, a GET neither", async () => {
  // biome-ignore lint/suspicious/noDocumentCookie: this is the cookie the server sets
  document.cookie = "huiliu_csrf=abc";
  const { headers } = serving(json({}), json({}));

  await http({ url: "/orders", method: "post", data: { a: 1 } });
  await http({ url: "/orders", method: "get" });

  expect(headers(0)["Idempotency-Key"]).toMatch(/^[0-9a-f-]{36}$/);
  expect(headers(0)["X-CSRFToken"]).toBe("abc");
  expect(headers(1)["Idempotency-Key"]).toBeUndefined();
  expect(headers(1)["X-CSRFToken"]).toBeUndefined();
});

test("a lost answer is asked for again under the same key", async () => {
  const { network, headers } = serving(new TypeError("network"), json({ id: 1 }));

  await expect(http({ url: "/orders", method: "post", data: { a: 2 } })).resolves.toEqual({ id: 1 });

  expect(network).toHaveBeenCalledTimes(2);
  expect(headers(0)["Idempotency-Key"]).toBe(headers(1)["Idempotency-Key"]);
});

test("what never got an answer keeps its key for the next click, what was answered does not", async () => {
  const lost = () => new TypeError("network");
  const { headers } = serving(lost(), lost(), lost(), json({}), json({}));
  const click = () => http({ url: "/orders", method: "post", data: { a: 3 } });

  await expect(click()).rejects.toMatchObject({ code: "client.offline" });
  await click();
  await click();

  expect(headers(3)["Idempotency-Key"]).toBe(headers(0)["Idempotency-Key"]);
  expect(headers(4)["Idempotency-Key"]).not.toBe(headers(3)["Idempotency-Key"]);
});

test("a refusal arrives as the problem the server wrote, with the time to wait", async () => {
  serving(problem(429, "platform.too_many_requests"));

  await expect(http({ url: "/session", method: "post", data: {} })).rejects.toMatchObject({
    code: "platform.too_many_requests",
    facts: { retry_after_seconds: 7 },
    reference: "r1",
  });
});

test("whoever is no longer signed in is told so once", async () => {
  serving(problem(401, "platform.sign_in_needed"));
  const told = vi.fn();
  const stop = onSignedOut(told);

  await expect(http({ url: "/orders", method: "get" })).rejects.toMatchObject({ status: 401 });

  stop();
  expect(told).toHaveBeenCalledTimes(1);
});
