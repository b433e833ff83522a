import { useQueryClient } from "@tanstack/react-query";
import Taro from "@tarojs/taro";
import { useEffect } from "react";
import { useGetSession } from "./gen/access/access";
import type { SessionOut } from "./gen/model";
import { onSignedOut } from "./http";
import { PAGES } from "./navigation";
import { setToken } from "./token";

/** Who is signed in; undefined while that is being asked or when nobody is. */
export function useSession(): SessionOut | undefined {
  return useGetSession({ query: { staleTime: 60_000 } }).data;
}

export const may = (session: SessionOut | undefined, scope: string): boolean =>
  session?.scopes.includes(scope) ?? false;

let isLeaving = false;

/** Shows the sign-in page once the server says that nobody is signed in. */
export function useSignedIn(): void {
  const queries = useQueryClient();
  useEffect(
    () =>
      onSignedOut(() => {
        setToken(null);
        const here = Taro.getCurrentPages().at(-1)?.route ?? "";
        if (isLeaving || PAGES.signIn.includes(here.split("?")[0] || "-")) return;
        isLeaving = true;
        queries.clear();
        void Taro.reLaunch({ url: PAGES.signIn }).finally(() => {
          isLeaving = false;
        });
      }),
    [queries],
  );
}
