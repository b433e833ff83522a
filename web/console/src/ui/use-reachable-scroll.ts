import { type RefObject, useEffect, useRef } from "react";

/** A part that scrolls sideways can be reached by keyboard: antd's tables forget that. */
export function useReachableScroll<Element extends HTMLElement>(): RefObject<Element | null> {
  const around = useRef<Element>(null);
  useEffect(() => {
    for (const part of around.current?.querySelectorAll<HTMLElement>(".ant-table-content, .ant-table-body") ??
      [])
      part.tabIndex = 0;
  });
  return around;
}
