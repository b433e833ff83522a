import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";

/** Filters as they stand in the URL: one value, several, or none. */
export type Filters = Record<string, string | string[] | undefined>;

/** Reads the query part of the address: `state=A&state=B` is { state: ["A", "B"] }; all values stay text. */
export function parseSearch(text: string): Filters {
  const filters: Filters = {};
  for (const [name, value] of new URLSearchParams(text)) {
    const before = filters[name];
    filters[name] = before === undefined ? value : [...(Array.isArray(before) ? before : [before]), value];
  }
  return filters;
}

export function writeSearch(filters: Filters): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(filters)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== "") parameters.append(name, one);
    }
  }
  const text = parameters.toString();
  return text ? `?${text}` : "";
}

/** The first value of a filter, or "". */
export const one = (value: string | string[] | undefined): string =>
  Array.isArray(value) ? (value[0] ?? "") : (value ?? "");

/** All values of a filter. */
export const many = (value: string | string[] | undefined): string[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** The page's filters and how to change them; the URL is their only home, so a link shows the same list. */
export function useFilters(): [
  filters: Filters,
  change: (change: Filters) => void,
  clear: () => void,
  replace: (filters: Filters) => void,
] {
  const filters = useSearch({ strict: false }) as Filters;
  const navigate = useNavigate();
  const change = useCallback(
    (next: Filters) => {
      navigate({ to: ".", search: (before: Filters) => ({ ...before, ...next }), replace: true } as never);
    },
    [navigate],
  );
  const clear = useCallback(() => {
    navigate({ to: ".", search: {}, replace: true } as never);
  }, [navigate]);
  const replace = useCallback(
    (next: Filters) => {
      navigate({ to: ".", search: next, replace: true } as never);
    },
    [navigate],
  );
  return [filters, change, clear, replace];
}
