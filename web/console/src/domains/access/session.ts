import { queryOptions, useMutation, useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { http } from "@/http";
import { asProblem, type Problem } from "@/problem";
import { setZone } from "@/ui/use-format";

interface SessionOut {
  user_id: number;
  name: string;
  organization_id: number;
  organization_name: string;
  organization_kind: string;
  roles: string[];
  scopes: string[];
  timezone: string;
  impersonator_id: number | null;
}

/** Who works here, as the screens need it. */
export interface Session {
  userId: number;
  name: string;
  organizationId: number;
  organization: string;
  isStaff: boolean;
  isImpersonated: boolean;
  roles: readonly string[];
  scopes: ReadonlySet<string>;
}

const STAFF = new Set(["BRAND", "BRANCH"]);

async function readSession({ signal }: { signal: AbortSignal }): Promise<Session | null> {
  try {
    const answer = await http<SessionOut>({ url: "/session", method: "get", signal });
    setZone(answer.timezone);
    return {
      userId: answer.user_id,
      name: answer.name,
      organizationId: answer.organization_id,
      organization: answer.organization_name,
      isStaff: STAFF.has(answer.organization_kind),
      isImpersonated: answer.impersonator_id !== null,
      roles: answer.roles,
      scopes: new Set(answer.scopes),
    };
  } catch (error) {
    if (asProblem(error).status === 401) return null;
    throw error;
  }
}

/** Nobody is signed in: null, an answer like any other. */
export const sessionQuery = queryOptions({ queryKey: ["/session"], queryFn: readSession, staleTime: 60_000 });

/** The session of the page; only used behind the sign-in. */
export function useSession(): Session {
  const { data } = useSuspenseQuery(sessionQuery);
  return data ?? NOBODY;
}

const NOBODY: Session = {
  userId: 0,
  name: "",
  organizationId: 0,
  organization: "",
  isStaff: false,
  isImpersonated: false,
  roles: [],
  scopes: new Set(),
};

export interface Credentials {
  username: string;
  password: string;
  totp?: string;
}

export function useSignIn(onDone: () => void) {
  const queries = useQueryClient();
  return useMutation<unknown, Problem, Credentials>({
    mutationFn: (data) => http({ url: "/session", method: "post", data }),
    onSuccess: async () => {
      await queries.resetQueries({ queryKey: sessionQuery.queryKey });
      onDone();
    },
  });
}

export function useSignOut() {
  const queries = useQueryClient();
  return useMutation<unknown, Problem>({
    mutationFn: () => http({ url: "/session", method: "delete" }),
    onSettled: () => {
      queries.clear();
      window.location.assign("/sign-in");
    },
  });
}
