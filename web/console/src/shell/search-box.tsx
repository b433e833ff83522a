import { SearchOutlined } from "@ant-design/icons";
import { useNavigate } from "@tanstack/react-router";
import { Input, type InputRef } from "antd";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName));

/** Finds orders by number or buyer; `/` or ⌘K puts the cursor here from anywhere. */
export function SearchBox() {
  const { t } = useTranslation();
  const [text, setText] = useState("");
  const box = useRef<InputRef>(null);
  const navigate = useNavigate();
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      const isShortcut = event.key === "k" && (event.metaKey || event.ctrlKey);
      if (isShortcut || (event.key === "/" && !isTyping(event.target))) {
        event.preventDefault();
        box.current?.focus({ cursor: "all" });
      }
    };
    window.addEventListener("keydown", listen);
    return () => window.removeEventListener("keydown", listen);
  }, []);
  return (
    <Input
      ref={box}
      className="top-search"
      prefix={<SearchOutlined aria-hidden />}
      suffix={<kbd>/</kbd>}
      value={text}
      placeholder={t("search.placeholder")}
      aria-label={t("search.placeholder")}
      onChange={(event) => setText(event.target.value)}
      onPressEnter={() =>
        text.trim() && void navigate({ to: "/orders", search: { text: text.trim() } } as never)
      }
    />
  );
}
