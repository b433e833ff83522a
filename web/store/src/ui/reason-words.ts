import { useEffect, useState } from "react";
import { reasonsSpeak } from "@/i18n/setup";

/** Whether the words for what is wrong with an input are here; they are fetched by the first such refusal. */
export function useReasonWords(isWanted: boolean): boolean {
  const [isReady, setIsReady] = useState(false);
  useEffect(() => {
    if (isWanted) void reasonsSpeak().then(() => setIsReady(true));
  }, [isWanted]);
  return isReady;
}
