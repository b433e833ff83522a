import { useState } from "react";
import { useRequestSignInCode } from "@/gen/access/access";
import { waitSeconds } from "@/problem";
import { useNow } from "@/ui/use-now";
import { codeAsked, keepCodeAsked } from "./kept";
import { isUnderWay, plainPhone, secondsLeft } from "./phone";

const GAP_SECONDS = 60;

/** Codes to a phone: asked for one at a time, with a wait that is kept while one is elsewhere. */
export function useCode(phone: string) {
  const [asked, setAsked] = useState(codeAsked);
  const now = useNow(secondsLeft(asked, phone, Date.now()) > 0);
  const remember = (seconds: number, isSent: boolean) => {
    const askedAt = Date.now();
    const next = { phone: plainPhone(phone), askedAt, againAt: askedAt + seconds * 1000 };
    setAsked(next);
    // A refusal for today is not kept: the next opening asks the server itself.
    if (isSent) keepCodeAsked(next);
  };
  const request = useRequestSignInCode({
    mutation: {
      onSuccess: ({ again_after_seconds }) => remember(again_after_seconds, true),
      onError: (problem) => {
        if (problem.code !== "access.code_too_soon") return;
        const seconds = waitSeconds(problem) ?? GAP_SECONDS;
        // Within the minute after a code, that code is under way: only its answer was lost.
        remember(seconds, seconds <= GAP_SECONDS);
      },
    },
  });
  return {
    isSent: isUnderWay(asked, Date.now()) && asked.phone === plainPhone(phone) && !request.error,
    left: secondsLeft(asked, phone, Math.max(now, asked?.askedAt ?? 0)),
    isBusy: request.isPending,
    error: request.error,
    send: () => request.mutate({ data: { phone: plainPhone(phone) } }),
  };
}
