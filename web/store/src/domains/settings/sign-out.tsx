import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { setSilent } from "@/domains/entry/kept";
import { setOwner } from "@/domains/offline/identity";
import { forgetReads } from "@/domains/offline/persist";
import { useOpenEntries } from "@/domains/offline/use-outbox";
import { useSignOut } from "@/gen/access/access";
import { restart } from "@/navigation";
import { IS_WEAPP } from "@/platform/server";
import type { Problem } from "@/problem";
import { setToken } from "@/token";
import { Action } from "@/ui/action";
import { Asked } from "@/ui/asked";

/** A cookie that the page cannot read stays until the server takes it back; a token is thrown away here. */
const isLeftOpen = (problem: Problem): boolean => !IS_WEAPP && problem.status !== 401;

/** Out of this device, asked for once more: orders that were not sent stay behind. */
export function SignOut({ isQuiet }: { isQuiet?: boolean }) {
  const { t } = useTranslation("store-mine");
  const queries = useQueryClient();
  const waiting = useOpenEntries().length;
  const [isOpen, setIsOpen] = useState(false);
  const leave = () => {
    setToken(null);
    // Whoever signs out wants to be asked next time.
    setSilent(false);
    setOwner(null);
    void forgetReads();
    queries.clear();
    void restart("signIn");
  };
  const signOut = useSignOut({
    mutation: { onSuccess: leave, onError: (problem) => !isLeftOpen(problem) && leave() },
  });
  return (
    <>
      <Action kind={isQuiet ? "quiet" : "bad"} isWide onClick={() => setIsOpen(true)}>
        {t("settings.sign_out")}
      </Action>
      <Asked
        isPlain
        title={t("settings.sign_out")}
        question={
          waiting > 0
            ? `${t("settings.sign_out_waiting", { count: waiting })}${t("settings.sign_out_ask")}`
            : t("settings.sign_out_ask")
        }
        confirm={t("settings.sign_out")}
        stay={t("devices.stay")}
        isOpen={isOpen}
        isBusy={signOut.isPending}
        error={signOut.error && isLeftOpen(signOut.error) ? signOut.error : null}
        onClose={() => setIsOpen(false)}
        onConfirm={() => signOut.mutate()}
      />
    </>
  );
}
