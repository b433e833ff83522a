import { CheckOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";
import { byArea, useScopeText } from "./scope-words";

/** What scopes allow, by task. */
export function ScopeGroups({ scopes }: { scopes: readonly string[] }) {
  const { t } = useTranslation("access");
  const text = useScopeText();
  return (
    <div className="scope-groups">
      {byArea(scopes).map(([area, those]) => (
        <section key={area} aria-label={t(`area.${area}`)}>
          <h3>{t(`area.${area}`)}</h3>
          <ul>
            {those.map((scope) => (
              <li key={scope}>
                <CheckOutlined aria-hidden className="scope-mark" /> {text(scope)}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </div>
  );
}
