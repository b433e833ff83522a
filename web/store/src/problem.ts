/** A refusal as the API writes it (RFC 9457). */
export interface Problem {
  type: string;
  code: string;
  title: string;
  status: number;
  detail: string;
  remedy: string;
  facts: Record<string, unknown>;
  fields: { field: string; reason: string; code?: string }[];
  reference: string;
}

export function isProblem(value: unknown): value is Problem {
  return (
    typeof value === "object" && value !== null && "code" in value && "status" in value && "fields" in value
  );
}

/** What this program says itself where no answer of the server does. */
export function problemOf(code: string, status: number): Problem {
  return { type: "", code, title: "", status, detail: "", remedy: "", facts: {}, fields: [], reference: "" };
}

/** Any error as a problem; a mistake of this program is one too, so that no screen stays white. */
export function asProblem(error: unknown): Problem {
  if (isProblem(error)) return { ...error, facts: error.facts ?? {}, fields: error.fields ?? [] };
  const detail = error instanceof Error ? error.message : String(error);
  return { ...problemOf("client.fault", 0), detail };
}

/** How long to wait before asking again; null where the server did not say. */
export function waitSeconds(problem: Problem): number | null {
  const value = Number(problem.facts.retry_after_seconds);
  return Number.isFinite(value) && value > 0 ? Math.ceil(value) : null;
}
