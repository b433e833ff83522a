import { useTranslation } from "react-i18next";
import { useListShopCategories } from "@/gen/shop/shop";
import { may, useSession } from "@/session";
import { Tap } from "@/ui/tap";
import { type Place, railOf } from "./shelf";
import "./rail.scss";

const OWN = ["all", "usual", "favourites", "seen"] as const;

/** The places goods stand in, down the left edge: the buyer's own lists first, then the categories. */
export function Rail({ place, onPlace }: { place: Place; onPlace: (place: Place) => void }) {
  const { t } = useTranslation("store-find");
  const session = useSession();
  const categories = useListShopCategories(
    {},
    { query: { staleTime: 300_000, enabled: may(session, "prices:read") } },
  );
  const item = (to: Place, name: string, depth = 0) => (
    <Tap
      key={to}
      className={`rail-item${depth > 0 ? " rail-below" : ""}${place === to ? " rail-current" : ""}`}
      aria-current={place === to ? "true" : undefined}
      onClick={() => onPlace(to)}
    >
      <span className="rail-name">{name}</span>
    </Tap>
  );
  return (
    <nav className="rail" aria-label={t("rail.label")}>
      {OWN.map((own) => item(own, t(`rail.${own}`)))}
      {railOf(categories.data ?? [], place).map((one) => item(`category-${one.id}`, one.name, one.depth))}
    </nav>
  );
}
