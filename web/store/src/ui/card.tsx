import type { PropsWithChildren, ReactNode } from "react";
import { Whole } from "./whole";
import "./card.scss";

/** A part of a page with its name. */
export function Card({ title, aside, children }: PropsWithChildren<{ title?: string; aside?: ReactNode }>) {
  return (
    <section className="card">
      {title && (
        <div className="card-head">
          <h2 className="card-title">
            <Whole>{title}</Whole>
          </h2>
          {aside}
        </div>
      )}
      {children}
    </section>
  );
}

/** Names and values below each other; what has no value is left away. */
export function Facts({ of }: { of: readonly (readonly [name: string, value: ReactNode])[] }) {
  return (
    <div className="facts">
      {of
        .filter(([, value]) => value !== null && value !== undefined && value !== "" && value !== false)
        .map(([name, value]) => (
          <div key={name} className="fact">
            <span className="fact-name">{name}</span>
            <span className="fact-value">
              <Whole>{value}</Whole>
            </span>
          </div>
        ))}
    </div>
  );
}
