import { useQueryClient } from "@tanstack/react-query";
import Taro from "@tarojs/taro";
import { useEffect } from "react";
import { useGetSession } from "./gen/access/access";
import type { SessionOut } from "./gen/model";
import { onSignedOut } from "./http";
import { PAGES, restart } from "./navigation";
import { setToken } from "./token";

/** Who is signed in; undefined while that is being asked or when nobody is. */
export function useSession(): SessionOut | undefined {
  return useGetSession({ query: { staleTime: 60_000 } }).data;
}

export const may = (session: SessionOut | undefined, scope: string): boolean =>
  session?.scopes.includes(scope) ?? false;

let isLeaving = false;

/** Leaves for a page with nothing below it, once: pages that lie under the one in front say the same at the same time. */
function leaveFor(page: keyof typeof PAGES, before?: () => void): void {
  const here = Taro.getCurrentPages().at(-1)?.route ?? "";
  if (isLeaving || PAGES[page].includes(here.split("?")[0] || "-")) return;
  isLeaving = true;
  before?.();
  void restart(page).finally(() => {
    isLeaving = false;
  });
}

/** Whoever still has the password that somebody else chose gets nowhere but to the page where it is changed. */
export function useOwnPassword(isAsked: boolean): void {
  const session = useGetSession({ query: { staleTime: 60_000, enabled: isAsked } }).data;
  const isFirst = isAsked && session?.must_change_password === true;
  useEffect(() => {
    if (isFirst) leaveFor("password");
  }, [isFirst]);
}

/** Shows the sign-in page once the server says that nobody is signed in. */
export function useSignedIn(): void {
  const queries = useQueryClient();
  useEffect(
    () =>
      onSignedOut(() => {
        setToken(null);
        leaveFor("signIn", () => queries.clear());
      }),
    [queries],
  );
}
