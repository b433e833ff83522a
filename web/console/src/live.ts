import { subjectOf, touchedBy } from "@shared/touched";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

const QUIET_MS = 1_000;
/** Headquarters of a busy channel hears something all the time: its long lists are asked for again no sooner. */
const REST_MS = 5_000;
/** They are few and cheap, and follow what they tell of: no rest between. */
const NOTICE = "notice";
const FOLLOWING_MS = 15_000;
/** What any news may change, and what costs more to ask: figures, what waits, what should not be as it is. */
const FOLLOWING = ["/api/v1/metrics/query", "/api/v1/desk"];

/** Where the stream is: on the page's own address, or on the port the server names beside it. */
export function streamAddress(liveUrl: string, page: URL): string {
  const url = new URL(liveUrl, page);
  const port = url.searchParams.get("port");
  if (port === null || page.port === "") return url.pathname;
  return `${page.protocol}//${page.hostname}:${port}${url.pathname}`;
}

type Wait = (then: () => void, milliseconds: number) => ReturnType<typeof setTimeout>;

/** Marks reads as old in bursts: a second after the first news, then every five however much happens. */
export class Refresher {
  private readonly paths = new Set<string>();
  private isAll = false;
  private saidAt = Number.NEGATIVE_INFINITY;
  private notices: ReturnType<typeof setTimeout> | undefined;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private following: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly queries: Pick<QueryClient, "invalidateQueries">,
    private readonly wait: Wait = (then, milliseconds) => setTimeout(then, milliseconds),
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Null: it is not known what became old. */
  touch(subject: string | null): void {
    if (subject === "") return;
    if (subject === NOTICE) {
      this.notices ??= this.wait(() => {
        this.notices = undefined;
        this.refresh(touchedBy(NOTICE));
      }, QUIET_MS);
      return;
    }
    if (subject === null) this.isAll = true;
    else for (const path of touchedBy(subject)) this.paths.add(path);
    this.timer ??= this.wait(() => this.say(), Math.max(QUIET_MS, this.saidAt + REST_MS - this.now()));
    this.following ??= this.wait(() => {
      this.following = undefined;
      this.refresh(FOLLOWING);
    }, FOLLOWING_MS);
  }

  stop(): void {
    clearTimeout(this.notices);
    clearTimeout(this.timer);
    clearTimeout(this.following);
  }

  private say(): void {
    this.timer = undefined;
    this.saidAt = this.now();
    if (this.isAll) void this.queries.invalidateQueries();
    else this.refresh([...this.paths]);
    this.isAll = false;
    this.paths.clear();
  }

  private refresh(paths: readonly string[]): void {
    void this.queries.invalidateQueries({
      predicate: ({ queryKey: [first] }) =>
        typeof first === "string" && paths.some((path) => first.startsWith(path)),
    });
  }
}

/** Listens to what happens elsewhere and asks again for what is on the screen. */
export function useLive(liveUrl: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (typeof EventSource === "undefined" || !liveUrl) return;
    const refresher = new Refresher(queries);
    const source = new EventSource(streamAddress(liveUrl, new URL(window.location.href)), {
      withCredentials: true,
    });
    let isBroken = false;
    source.addEventListener("message", ({ data }: MessageEvent<string>) => refresher.touch(subjectOf(data)));
    source.addEventListener("error", () => {
      isBroken = true;
    });
    // What happened during a break is told again, that there are new notices is not.
    source.addEventListener("open", () => {
      if (isBroken) refresher.touch(NOTICE);
      isBroken = false;
    });
    return () => {
      refresher.stop();
      source.close();
    };
  }, [queries, liveUrl]);
}
