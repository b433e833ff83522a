import {
  CheckCircleFilled,
  ClockCircleFilled,
  CloseCircleFilled,
  MinusCircleFilled,
  SyncOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";

export type Tone = "good" | "wait" | "bad" | "note" | "idle";

const SHAPES: Record<Tone, ReactNode> = {
  good: <CheckCircleFilled aria-hidden />,
  wait: <ClockCircleFilled aria-hidden />,
  bad: <CloseCircleFilled aria-hidden />,
  note: <SyncOutlined aria-hidden />,
  idle: <MinusCircleFilled aria-hidden />,
};

/** A state as a word with a shape and a color, so that none of the three is needed alone. */
export function StateTag({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className={`state-tag tone-${tone}`}>
      {SHAPES[tone]}
      {children}
    </span>
  );
}
