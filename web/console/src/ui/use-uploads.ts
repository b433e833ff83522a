import { useCallback, useRef, useState } from "react";
import { uploadFile } from "@/gen/files/files";
import { asProblem, type Problem } from "@/problem";

export interface Sending {
  key: number;
  file: File;
  /** Why it was not taken; null while it is on its way. */
  problem: Problem | null;
}

interface Subject {
  subject_type: string;
  subject_id: string;
}

/** Sends files beside a document one after the other; what did not get through stays in sight with its reason. */
export function useUploads(subject: Subject, onDone: () => void) {
  const [sending, setSending] = useState<Sending[]>([]);
  const next = useRef(0);
  const { subject_type, subject_id } = subject;
  const send = useCallback(
    async (files: readonly File[]): Promise<number> => {
      const rows = files.map((file) => {
        next.current += 1;
        return { key: next.current, file, problem: null };
      });
      setSending((before) => [...before, ...rows]);
      let failed = 0;
      for (const row of rows) {
        try {
          await uploadFile({ file: row.file, use: "ATTACHMENT", subject_type, subject_id });
          setSending((before) => before.filter((one) => one.key !== row.key));
        } catch (error) {
          failed += 1;
          const problem = asProblem(error);
          setSending((before) => before.map((one) => (one.key === row.key ? { ...one, problem } : one)));
        }
      }
      onDone();
      return failed;
    },
    [subject_type, subject_id, onDone],
  );
  return { sending, send };
}
