import { queryOptions, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import {
  getGetSessionQueryKey,
  getSession,
  useSignIn as useSignInCall,
  useSignOut as useSignOutCall,
} from "@/gen/access/access";
import type { Role, SessionOut } from "@/gen/model";
import { asProblem } from "@/problem";
import { setZone } from "@/ui/use-format";

/** Who works here, as the screens need it. */
export interface Session {
  userId: number;
  name: string;
  organizationId: number;
  organization: string;
  kind: string;
  isStaff: boolean;
  isImpersonated: boolean;
  hasTotp: boolean;
  roles: readonly Role[];
  scopes: ReadonlySet<string>;
  modulesOff: ReadonlySet<string>;
  liveUrl: string;
}

const NOBODY: Session = {
  userId: 0,
  name: "",
  organizationId: 0,
  organization: "",
  kind: "",
  isStaff: false,
  isImpersonated: false,
  hasTotp: false,
  roles: [],
  scopes: new Set(),
  modulesOff: new Set(),
  liveUrl: "",
};

const of = (answer: SessionOut): Session => ({
  userId: answer.user_id,
  name: answer.name,
  organizationId: answer.organization_id,
  organization: answer.organization_name,
  kind: answer.organization_kind,
  isStaff: answer.organization_kind === "BRAND" || answer.organization_kind === "BRANCH",
  isImpersonated: answer.impersonator_id !== null,
  hasTotp: answer.has_totp,
  roles: answer.roles,
  scopes: new Set(answer.scopes),
  modulesOff: new Set(answer.modules_off),
  liveUrl: answer.live_url,
});

async function readSession({ signal }: { signal: AbortSignal }): Promise<Session | null> {
  try {
    const answer = await getSession(signal);
    setZone(answer.timezone);
    return of(answer);
  } catch (error) {
    if (asProblem(error).status === 401) return null;
    throw error;
  }
}

/** Nobody is signed in: null, an answer like any other. */
export const sessionQuery = queryOptions({
  queryKey: [...getGetSessionQueryKey(), "read"],
  queryFn: readSession,
  staleTime: 60_000,
});

/** The session of the page; only used behind the sign-in. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  return data ?? NOBODY;
}

/** Signs in; whatever an earlier person left in the cache is gone before the first page. */
export function useSignIn(onDone: () => void) {
  const queries = useQueryClient();
  return useSignInCall({
    mutation: {
      onSuccess: (answer) => {
        queries.clear();
        setZone(answer.timezone);
        queries.setQueryData(sessionQuery.queryKey, of(answer));
        onDone();
      },
    },
  });
}

export function useSignOut() {
  return useSignOutCall({ mutation: { onSettled: () => window.location.assign("/sign-in") } });
}
