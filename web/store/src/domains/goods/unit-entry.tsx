import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { IS_WEAPP } from "@/platform/server";
import { Icon } from "@/ui/icon";
import { Tap } from "@/ui/tap";
import { type Counts, cleaned, type EntryGoods, entryOf, fieldsOf, isSet, stepped } from "./entry";
import { EntryProblem } from "./entry-problem";
import "./unit-entry.scss";

interface Props {
  goods: EntryGoods;
  /** The unit the goods are ordered in. */
  orderUnit: string;
  /** For who cannot see the card around it. */
  name: string;
  counts: Counts;
  onSet: (counts: Counts) => void;
  /** Stands after the fields: e.g. what the line comes to. */
  children?: ReactNode;
}

interface StepperProps extends Pick<Props, "goods" | "name" | "counts" | "onSet"> {
  unit: string;
}

/** One unit: less, the number to type, more. An emptied field is being retyped; zero counts on leaving it. */
function Stepper({ goods, name, counts, onSet, unit }: StepperProps) {
  const { t } = useTranslation("store-find");
  const [typed, setTyped] = useState<string | null>(null);
  const count = counts[unit] ?? "0";
  const type = (text: string) => {
    const next = cleaned(text, goods.is_whole);
    setTyped(next);
    if (isSet(next) && !next.endsWith(".")) onSet({ ...counts, [unit]: next });
  };
  const leave = () => {
    if (typed === "0" && isSet(count)) onSet({ ...counts, [unit]: "0" });
    setTyped(null);
  };
  const step = (direction: 1 | -1) => {
    setTyped(null);
    onSet(stepped(goods, counts, unit, direction));
  };
  return (
    <div className="stepper">
      <Tap
        className="stepper-step"
        aria-label={t("entry.less", { name, unit })}
        disabled={!isSet(count)}
        onClick={() => step(-1)}
      >
        <Icon name="minus" />
      </Tap>
      <input
        className="stepper-count"
        type={IS_WEAPP ? (goods.is_whole ? "number" : "digit") : "text"}
        inputMode={goods.is_whole ? "numeric" : "decimal"}
        aria-label={t("entry.count", { name, unit })}
        value={typed ?? count}
        onFocus={(event) => !IS_WEAPP && (event.target as HTMLInputElement).select?.()}
        onInput={(event) => type((event.target as HTMLInputElement).value)}
        onBlur={leave}
      />
      <span className="stepper-unit" aria-hidden="true">
        {unit}
      </span>
      <Tap className="stepper-step" aria-label={t("entry.more", { name, unit })} onClick={() => step(1)}>
        <Icon name="plus" />
      </Tap>
    </div>
  );
}

/** How many, in cases and in bottles, by steps or typed; what cannot be ordered so is told here with a way out. */
export function UnitEntry({ goods, orderUnit, name, counts, onSet, children }: Props) {
  const { problem, total } = entryOf(goods, counts);
  return (
    <div className="unit-entry">
      <div className="unit-entry-fields">
        {fieldsOf(goods, orderUnit, counts).map(({ unit }) => (
          <Stepper key={unit} goods={goods} name={name} counts={counts} onSet={onSet} unit={unit} />
        ))}
        {children}
      </div>
      {problem && <EntryProblem of={problem} goods={goods} total={total} onSet={onSet} />}
    </div>
  );
}
