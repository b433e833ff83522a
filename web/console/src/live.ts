import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

const QUIET_MS = 1_000;
const FIGURES_MS = 15_000;

/** Which reads an event makes old, by what it is about; figures follow within seconds and are asked for more slowly. */
const TOUCHED: Record<string, readonly string[]> = {
  order: ["/api/v1/orders", "/api/v1/shipments", "/api/v1/returns", "/api/v1/stock"],
  partner: ["/api/v1/partners"],
  organization: ["/api/v1/organizations", "/api/v1/partners"],
  policy: ["/api/v1/policies", "/api/v1/price"],
  price_list: ["/api/v1/policies", "/api/v1/price"],
  job: ["/api/v1/jobs", "/api/v1/imports"],
  import: ["/api/v1/jobs", "/api/v1/imports"],
  sku: ["/api/v1/skus", "/api/v1/products"],
  stock: ["/api/v1/stock"],
};

/** Where the stream is: on the page's own address, or on the port the server names beside it. */
export function streamAddress(liveUrl: string, page: URL): string {
  const url = new URL(liveUrl, page);
  const port = url.searchParams.get("port");
  if (port === null || page.port === "") return url.pathname;
  return `${page.protocol}//${page.hostname}:${port}${url.pathname}`;
}

/** Marks reads as old in bursts: at most one refresh a second however much happens. */
class Refresher {
  private readonly paths = new Set<string>();
  private timer: ReturnType<typeof setTimeout> | undefined;
  private figures: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly queries: QueryClient) {}

  touch(subject: string): void {
    for (const path of TOUCHED[subject] ?? []) this.paths.add(path);
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.refresh([...this.paths]);
      this.paths.clear();
    }, QUIET_MS);
    this.figures ??= setTimeout(() => {
      this.figures = undefined;
      this.refresh(["/api/v1/metrics/query"]);
    }, FIGURES_MS);
  }

  stop(): void {
    clearTimeout(this.timer);
    clearTimeout(this.figures);
  }

  private refresh(paths: readonly string[]): void {
    void this.queries.invalidateQueries({
      predicate: ({ queryKey: [first] }) =>
        typeof first === "string" && paths.some((path) => first.startsWith(path)),
    });
  }
}

function subjectOf(text: string): string {
  try {
    const { subject_type } = JSON.parse(text) as { subject_type?: unknown };
    return typeof subject_type === "string" ? subject_type : "";
  } catch {
    return ""; // a frame we cannot read changes nothing on the screen
  }
}

/** Listens to what happens elsewhere and asks again for what is on the screen. */
export function useLive(liveUrl: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (typeof EventSource === "undefined" || !liveUrl) return;
    const refresher = new Refresher(queries);
    const address = streamAddress(liveUrl, new URL(window.location.href));
    const source = new EventSource(address, { withCredentials: true });
    source.addEventListener("message", ({ data }: MessageEvent<string>) => refresher.touch(subjectOf(data)));
    return () => {
      refresher.stop();
      source.close();
    };
  }, [queries, liveUrl]);
}
