import { SearchOutlined } from "@ant-design/icons";
import { Input, type InputRef } from "antd";
import { type KeyboardEvent as ReactKeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import { type Choice, useHits } from "./use-hits";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** `/` or ⌘K puts the cursor into the box from anywhere. */
function useShortcut(onPress: () => void): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isShortcut = event.key === "k" && (event.metaKey || event.ctrlKey);
      if (isShortcut || (event.key === "/" && !isTyping(event.target))) {
        event.preventDefault();
        onPress();
      }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, [onPress]);
}

interface ListProps {
  id: string;
  choices: readonly Choice[];
  active: number;
  isLooking: boolean;
  onPick: (choice: Choice) => void;
}

function Choices({ id, choices, active, isLooking, onPick }: ListProps) {
  const { t } = useTranslation();
  return (
    <div className="palette" id={id} role="listbox" aria-label={t("search.results")} aria-busy={isLooking}>
      {choices.map((choice, index) => {
        const isFirst = choices[index - 1]?.group !== choice.group;
        return (
          // biome-ignore lint/a11y/useFocusableInteractive: the box keeps the focus and names the active line
          // biome-ignore lint/a11y/useKeyWithClickEvents: the box handles the keys
          <div
            key={choice.key}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === active}
            className={`palette-line ${index === active ? "palette-active" : ""}`}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(choice)}
          >
            <span className="palette-group">{isFirst ? t(`search.group.${choice.group}`) : ""}</span>
            <span className="palette-title">{choice.title}</span>
            <span className="palette-note">{choice.note}</span>
          </div>
        );
      })}
    </div>
  );
}

/** Finds places, partners, goods and orders as one types; arrows choose, Enter opens. */
export function SearchBox() {
  const { t } = useTranslation();
  const session = useSession();
  const id = useId();
  const [text, setText] = useState("");
  const [isOpen, setIsOpen] = useState(false);
  const [active, setActive] = useState(0);
  const box = useRef<InputRef>(null);
  useShortcut(() => box.current?.focus({ cursor: "all" }));
  const { choices, isLooking } = useHits(text, session);
  const isShown = isOpen && choices.length > 0;
  const at = Math.min(active, choices.length - 1);
  const pick = (choice: Choice | undefined) => {
    if (!choice) return;
    choice.open();
    setIsOpen(false);
    setText("");
    box.current?.blur();
  };
  const onKeyDown = (event: ReactKeyboardEvent) => {
    if (!isShown || event.nativeEvent.isComposing) return; // Enter ends a pinyin composition first
    if (event.key === "ArrowDown") setActive((at + 1) % choices.length);
    else if (event.key === "ArrowUp") setActive((at - 1 + choices.length) % choices.length);
    else if (event.key === "Enter") pick(choices[at]);
    else if (event.key === "Escape") setIsOpen(false);
    else return;
    event.preventDefault();
  };
  return (
    <search className="top-find">
      <Input
        ref={box}
        className="top-search"
        prefix={<SearchOutlined aria-hidden />}
        suffix={<kbd>/</kbd>}
        value={text}
        placeholder={t("search.placeholder")}
        role="combobox"
        aria-label={t("search.placeholder")}
        aria-expanded={isShown}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={isShown ? `${id}-${at}` : undefined}
        onFocus={() => setIsOpen(true)}
        onBlur={() => setIsOpen(false)}
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setText(event.target.value);
          setActive(0);
          setIsOpen(true);
        }}
      />
      {isShown && <Choices id={id} choices={choices} active={at} isLooking={isLooking} onPick={pick} />}
    </search>
  );
}
