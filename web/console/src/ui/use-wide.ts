import { useMemo, useSyncExternalStore } from "react";

/**
 * Whether the window is at least `pixels` wide. Known in the first render, unlike antd's breakpoints: a list
 * that first drew its cards and then its table would draw everything twice.
 */
function useWide(pixels: number): boolean {
  const [subscribe, isWide] = useMemo(() => {
    const media = window.matchMedia(`(min-width: ${pixels}px)`);
    const watch = (changed: () => void) => {
      media.addEventListener("change", changed);
      return () => media.removeEventListener("change", changed);
    };
    return [watch, () => media.matches] as const;
  }, [pixels]);
  return useSyncExternalStore(subscribe, isWide);
}

/** Too narrow for a table: rows are cards. The style sheet's 767 px. */
export const useIsPhone = (): boolean => !useWide(768);

/** Wide enough for the menu to stand at the side. The style sheet's 991 px. */
export const useHasSideMenu = (): boolean => useWide(992);
