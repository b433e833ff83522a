import { useTranslation } from "react-i18next";
import { Action } from "@/ui/action";
import { Refused } from "@/ui/refused";
import type { Entry } from "./use-entry";
import { useWaitWords } from "./wait-words";
import "./entry.scss";

interface Props {
  entry: Entry;
  /** The refusal is said elsewhere, beside the field it is about. */
  isSaid?: boolean;
  onClick: () => void;
}

/** What was refused, and the one thing to press; it counts down while the server does not listen. */
export function Submit({ entry, isSaid, onClick }: Props) {
  const { t } = useTranslation();
  const wait = useWaitWords(entry.wait, "wait");
  return (
    <>
      {entry.refusal && !isSaid && (
        <div className="entry-refused">
          <Refused error={entry.refusal} />
        </div>
      )}
      <Action isWide isBusy={entry.isBusy} isDisabled={entry.wait > 0} onClick={onClick}>
        {wait || t("sign_in.go")}
      </Action>
    </>
  );
}
