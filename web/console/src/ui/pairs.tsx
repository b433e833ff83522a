import { UNKNOWN } from "@shared/money";
import type { ReactNode } from "react";

/** Names with what stands for them; unknown is said. */
export function Pairs({ of: pairs }: { of: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className="pairs">
      {pairs.map(([name, value]) => (
        <div key={name} className="pair">
          <dt>{name}</dt>
          <dd>{value || UNKNOWN}</dd>
        </div>
      ))}
    </dl>
  );
}
