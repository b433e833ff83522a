import { parse, round } from "@shared/decimal";
import { rate, UNKNOWN } from "@shared/money";
import { Skeleton, Tooltip } from "antd";
import { usePreferences } from "@/theme/preferences";
import { Sparkline } from "./sparkline";

export interface Delta {
  label: string;
  /** A fraction: "0.125" is +12.5 %. */
  growth: string | null | undefined;
  /** A rise of this figure is bad news (returns, cycle time). */
  isBadWhenUp?: boolean;
}

/** Which way a change goes as it is shown: what rounds to 0.0% is level. */
function directionOf(growth: string): "up" | "down" | "level" {
  const { digits } = parse(round(growth, 3));
  return digits > 0n ? "up" : digits < 0n ? "down" : "level";
}

const ARROWS = { up: "▲", down: "▼", level: "▬" } as const;

/** A change with arrow and sign; which color rises have is the reader's choice. */
export function Change({ of: delta }: { of: Delta }) {
  const { riseIsRed } = usePreferences();
  if (delta.growth === null || delta.growth === undefined) {
    return (
      <span className="delta">
        <span className="quiet">{delta.label}</span> {UNKNOWN}
      </span>
    );
  }
  const direction = directionOf(delta.growth);
  const color = direction === "level" ? "" : (direction === "up") === riseIsRed ? "rise-red" : "rise-green";
  const sign = direction === "up" ? "+" : "";
  return (
    <span className="delta figures">
      <span className="quiet">{delta.label}</span>{" "}
      <span className={color}>
        <span aria-hidden>{ARROWS[direction]}</span> {sign}
        {rate(delta.growth)}
      </span>
    </span>
  );
}

interface FigureProps {
  label: string;
  explanation?: string;
  value: string;
  /** The figure unrounded, shown on hover. */
  exact?: string;
  deltas?: readonly Delta[];
  trend?: readonly (number | null)[];
  isLoading?: boolean;
  onOpen?: () => void;
}

/** One number that matters, against what it is compared with. */
export function Figure({
  label,
  explanation,
  value,
  exact,
  deltas = [],
  trend,
  isLoading = false,
  onOpen,
}: FigureProps) {
  const body = (
    <>
      <span className="figure-label">
        {explanation ? (
          <Tooltip title={explanation}>
            <span className="hint">{label}</span>
          </Tooltip>
        ) : (
          label
        )}
      </span>
      {isLoading ? (
        <Skeleton active title={{ width: "60%" }} paragraph={{ rows: 1 }} />
      ) : (
        <>
          <span className="figure-row">
            <Tooltip title={exact && exact !== value ? exact : undefined}>
              <strong className="figure-value figures">{value}</strong>
            </Tooltip>
            {trend && <Sparkline values={trend} label={label} />}
          </span>
          <span className="figure-deltas">
            {deltas.map((delta) => (
              <Change key={delta.label} of={delta} />
            ))}
          </span>
        </>
      )}
    </>
  );
  if (!onOpen || isLoading) return <div className="card figure">{body}</div>;
  return (
    <button type="button" className="card figure figure-opens" onClick={onOpen}>
      {body}
    </button>
  );
}
