import { money } from "@shared/money";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Problem } from "@/problem";
import { Action } from "@/ui/action";
import { Refused } from "@/ui/refused";
import { useFormat } from "@/ui/use-format";
import { Differences } from "./differences";
import { mayDiscard } from "./machine";
import type { Entry } from "./types";
import { consent, discard, retry } from "./use-outbox";
import "./entry-card.scss";

/** How it stands, as a sentence. */
function useSentence({ state, why, sent, answer, offer, nextAt }: Entry, isSaidBelow: boolean): string {
  const { t } = useTranslation();
  const { spoken } = useFormat();
  if (state === "done")
    return answer?.number ? t("outbox.done", { number: answer.number }) : t("outbox.done_plain");
  if (state === "sending") return t("outbox.sending");
  if (state === "refused") return t(isSaidBelow ? "outbox.refused_inputs" : "outbox.refused");
  if (state === "consent") return t("outbox.consent", { count: offer?.differences.length ?? 0 });
  if (why === "sign_in") return t("outbox.sign_in");
  if (why === "busy") return t("outbox.busy", { at: spoken(new Date(nextAt).toISOString()) });
  return sent ? t("outbox.unanswered") : t("outbox.waiting");
}

function Decide({ of: entry }: { of: Entry }) {
  const { t } = useTranslation();
  const [isLeaving, setLeaving] = useState(false);
  if (isLeaving)
    return (
      <div className="entry-acts">
        <Action kind="plain" onClick={() => setLeaving(false)}>
          {t("outbox.keep")}
        </Action>
        <Action kind="bad" onClick={() => discard(entry.id)}>
          {t("outbox.discard_really")}
        </Action>
      </div>
    );
  const isLeft = entry.state === "done" || entry.state === "sending";
  return (
    <div className="entry-acts">
      {!isLeft && mayDiscard(entry) && (
        <Action kind="plain" onClick={() => setLeaving(true)}>
          {t("outbox.discard")}
        </Action>
      )}
      {entry.state === "consent" && (
        <Action onClick={() => void consent(entry.id)}>
          {t("outbox.agree", {
            amount: money(entry.offer?.agreed.gross_amount, entry.offer?.agreed.currency ?? ""),
          })}
        </Action>
      )}
      {(entry.state === "waiting" || entry.state === "refused") && (
        <Action kind={entry.state === "waiting" ? "main" : "plain"} onClick={() => void retry(entry.id)}>
          {t(entry.state === "waiting" ? "outbox.retry" : "outbox.again")}
        </Action>
      )}
    </div>
  );
}

/** One thing that waits: what it is, how it stands, and what one can do about it.
 *
 * `problem` is what of its refusal is not said elsewhere, e.g. beside the inputs of the form around it.
 */
export function EntryCard({ of: entry, problem = entry.problem }: { of: Entry; problem?: Problem | null }) {
  const { t } = useTranslation();
  const { spoken } = useFormat();
  const sentence = useSentence(entry, entry.problem !== null && !problem);
  const { lines, amount, currency, number } = entry.facts;
  return (
    <li className="entry">
      <div className="entry-head">
        <h2 className="entry-kind">{t(`outbox.kind.${entry.kind}`)}</h2>
        <span className="entry-at">{spoken(new Date(entry.madeAt).toISOString())}</span>
      </div>
      <p className="entry-facts">
        {number && <span>{number}</span>}
        {lines !== undefined && <span>{t("outbox.lines", { count: lines })}</span>}
        {amount !== undefined && <span className="entry-amount">{money(amount, currency ?? "CNY")}</span>}
      </p>
      <p className={`entry-state entry-${entry.state}`} role="status">
        {sentence}
      </p>
      {entry.offer && <Differences of={entry.offer.differences} currency={entry.offer.agreed.currency} />}
      {problem && <Refused error={problem} />}
      <Decide of={entry} />
    </li>
  );
}
