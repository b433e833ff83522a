import { keepPreviousData } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchEverything } from "@/gen/desk/desk";
import type { HitOut } from "@/gen/model";
import { tasksFor } from "./menu";

const TYPING_MS = 180;
const PLACES_MAX = 5;

/** One line of the palette. */
export interface Choice {
  key: string;
  group: "place" | "order" | "partner" | "product" | "list";
  title: string;
  note: string;
  open: () => void;
}

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

/** What the words name: places of the menu at once, partners, goods and orders from the server. */
export function useHits(
  text: string,
  session: { scopes: ReadonlySet<string>; modulesOff: ReadonlySet<string>; isStaff: boolean },
): { choices: Choice[]; isLooking: boolean } {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const settled = useSettled(text);
  const found = useSearchEverything(
    { text: settled },
    { query: { enabled: settled !== "", placeholderData: keepPreviousData } },
  );
  const words = text.trim();
  if (!words) return { choices: [], isLooking: false };
  const go = (to: string, search: object = {}) => void navigate({ to, search } as never);
  const addresses: Record<string, (hit: HitOut) => () => void> = {
    order: (hit) => () => go(`/orders/${hit.id}`),
    partner: (hit) => () => go(`/partners/${hit.id}`),
    product: (hit) => () => go("/products", { text: hit.title }),
  };
  const places = tasksFor(session.scopes, session.modulesOff, session.isStaff)
    .flatMap((task) => task.places)
    .map((place) => ({ place, title: t(place.key) }))
    .filter(({ title }) => title.toLowerCase().includes(words.toLowerCase()))
    .slice(0, PLACES_MAX);
  const hits = settled ? (found.data ?? []) : [];
  const choices: Choice[] = [
    ...places.map(({ place, title }) => ({
      key: place.to,
      group: "place" as const,
      title,
      note: "",
      open: () => go(place.to),
    })),
    ...hits.map((hit) => ({
      key: `${hit.kind}-${hit.id}`,
      group: hit.kind as Choice["group"],
      title: hit.title,
      note: hit.note,
      open: addresses[hit.kind]?.(hit) ?? (() => undefined),
    })),
  ];
  if (session.scopes.has("orders:read"))
    choices.push({
      key: "list",
      group: "list",
      title: t("search.in_orders", { text: words }),
      note: "",
      open: () => go("/orders", { text: words }),
    });
  return { choices, isLooking: settled !== words || found.isFetching };
}
