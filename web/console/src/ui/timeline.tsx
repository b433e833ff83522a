import type { ReactNode } from "react";
import type { Tone } from "./state-tag";

export interface Happening {
  key: string | number;
  tone: Tone;
  title: ReactNode;
  when: string;
  who?: string;
  detail?: ReactNode;
}

/** What happened to a document, newest first. */
export function Timeline({ items }: { items: readonly Happening[] }) {
  return (
    <ol className="timeline">
      {items.map((item) => (
        <li key={item.key} className={`tone-${item.tone}`}>
          <span className="timeline-dot" aria-hidden />
          <div className="timeline-title">{item.title}</div>
          <div className="quiet figures">
            {item.when}
            {item.who && ` · ${item.who}`}
          </div>
          {item.detail && <div className="timeline-detail">{item.detail}</div>}
        </li>
      ))}
    </ol>
  );
}
