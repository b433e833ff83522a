import { useEffect, useState } from "react";
import type { DuplicatesOut } from "@/gen/model";
import { useFindPartnerDuplicates } from "@/gen/partners/partners";
import type { Problem } from "@/problem";

const TYPING_MS = 500;

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

export interface Checks {
  /** The code is right; null while nothing is known. */
  isUsccRight: boolean | null;
  usccProblem: Problem | null;
  duplicates: DuplicatesOut | null;
}

/** Judges a code while it is typed and looks for the same company; out of the reader's sight it is only a number. */
export function useChecks({
  uscc,
  name,
  exceptId,
}: {
  uscc: string;
  name: string;
  exceptId?: number;
}): Checks {
  const code = useSettled(uscc);
  const called = useSettled(name);
  const byCode = useFindPartnerDuplicates(
    { uscc: code, except_id: exceptId },
    { query: { enabled: code !== "", retry: false } },
  );
  const byName = useFindPartnerDuplicates(
    { name: called, except_id: exceptId },
    { query: { enabled: called.length > 1, retry: false } },
  );
  const found = [...(code ? (byCode.data?.partners ?? []) : []), ...(byName.data?.partners ?? [])];
  const partners = [...new Map(found.map((one) => [one.partner_id, one])).values()];
  const elsewhere = Math.max((code && byCode.data?.elsewhere) || 0, byName.data?.elsewhere ?? 0);
  return {
    isUsccRight: code === "" ? null : byCode.data ? true : byCode.error ? false : null,
    usccProblem: code !== "" && byCode.error?.code === "partners.uscc_invalid" ? byCode.error : null,
    duplicates: partners.length + elsewhere > 0 ? { partners, elsewhere } : null,
  };
}
