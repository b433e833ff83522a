import { streamAddress } from "./live";

test.each([
  ["/api/v1/live?port=8001", "http://127.0.0.1:8000/orders", "http://127.0.0.1:8001/api/v1/live"],
  ["/api/v1/live?port=8001", "https://huiliu.example/orders", "/api/v1/live"],
  ["/api/v1/live", "http://127.0.0.1:8000/", "/api/v1/live"],
])("%s seen from %s is %s", (liveUrl, page, address) => {
  expect(streamAddress(liveUrl, new URL(page))).toBe(address);
});
