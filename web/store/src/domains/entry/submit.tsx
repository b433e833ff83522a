import { useTranslation } from "react-i18next";
import type { Problem } from "@/problem";
import { Action } from "@/ui/action";
import { Refused } from "@/ui/refused";
import type { Entry } from "./use-entry";
import { useWaitWords } from "./wait-words";
import "./entry.scss";

interface Props {
  entry: Entry;
  /** What of the refusal is not said beside the fields. */
  rest: Problem | null;
  onClick: () => void;
}

/** What was refused, and the one thing to press; it counts down while the server does not listen. */
export function Submit({ entry, rest, onClick }: Props) {
  const { t } = useTranslation();
  const wait = useWaitWords(entry.wait, "wait");
  return (
    <>
      {rest && (
        <div className="entry-refused">
          <Refused error={rest} />
        </div>
      )}
      <Action isWide isBusy={entry.isBusy} isDisabled={entry.wait > 0} onClick={onClick}>
        {wait || t("sign_in.go")}
      </Action>
    </>
  );
}
