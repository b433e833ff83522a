import { useTranslation } from "react-i18next";
import { Icon } from "@/ui/icon";
import { Tap } from "@/ui/tap";
import "./search-field.scss";

interface Props {
  value: string;
  onChange: (text: string) => void;
  /** Enter on the keyboard. */
  onDone: () => void;
}

/** The field one searches with; it has the keyboard at once. */
export function SearchField({ value, onChange, onDone }: Props) {
  const { t } = useTranslation("store-find");
  return (
    <div className="search-field">
      <Icon name="search" />
      <input
        className="search-input"
        type="text"
        // biome-ignore lint/a11y/noAutofocus: one comes to this page to type
        autoFocus
        enterKeyHint="search"
        aria-label={t("search.label")}
        placeholder={t("search.open")}
        value={value}
        onInput={(event) => onChange((event.target as HTMLInputElement).value)}
        onKeyDown={(event) => event.key === "Enter" && onDone()}
        onBlur={onDone}
      />
      {value !== "" && (
        <Tap className="search-clear" aria-label={t("search.clear")} onClick={() => onChange("")}>
          <Icon name="close" />
        </Tap>
      )}
    </div>
  );
}
