import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

const QUIET_MS = 1_000;

/** Listens to what happens elsewhere and asks again for what is on the screen: at most once a second. */
export function useLive(url: string): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (typeof EventSource === "undefined" || !url) return;
    const source = new EventSource(url);
    let timer: ReturnType<typeof setTimeout> | undefined;
    const refresh = () => {
      timer ??= setTimeout(() => {
        timer = undefined;
        void queries.invalidateQueries({ refetchType: "active" });
      }, QUIET_MS);
    };
    source.addEventListener("message", refresh);
    source.addEventListener("event", refresh);
    return () => {
      clearTimeout(timer);
      source.close();
    };
  }, [queries, url]);
}
