import { early } from "./early";

const SESSION = "/api/v1/session";
const json = (text: string, status = 200) =>
  new Response(text, { status, headers: { "content-type": "application/json" } });

beforeEach(() => {
  globalThis.huiliuEarly = new Map([[SESSION, Promise.resolve(json('{"name":"郭玉兰"}'))]]);
});

test("an answer asked for early is read once", async () => {
  expect(await early("GET", SESSION)).toEqual({
    statusCode: 200,
    data: { name: "郭玉兰" },
    header: { "content-type": "application/json" },
  });
  expect(await early("GET", SESSION)).toBeUndefined();
});

test("nothing else is answered by it, and after a write nothing at all", async () => {
  expect(await early("GET", "/api/v1/notices")).toBeUndefined();
  expect(await early("POST", SESSION)).toBeUndefined();
  expect(await early("GET", SESSION)).toBeUndefined();
});

test("a page of a portal is no data, and a broken line is told as one", async () => {
  const portal = new Response("<html>", { headers: { "content-type": "text/html" } });
  globalThis.huiliuEarly = new Map([
    [SESSION, Promise.resolve(portal)],
    ["/api/v1/notices", Promise.reject(new TypeError("Failed to fetch"))],
  ]);

  expect(await early("GET", SESSION)).toMatchObject({ statusCode: 200, data: null });
  await expect(early("GET", "/api/v1/notices")).rejects.toThrow("Failed to fetch");
});
