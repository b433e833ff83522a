import { useTranslation } from "react-i18next";
import { open } from "@/navigation";
import { Icon, type IconName } from "@/ui/icon";
import { Tap } from "@/ui/tap";
import type { Reader } from "./reader";
import "./shortcuts.scss";

type Place = "arrivals" | "returns" | "complaints" | "stock" | "sell";
const WORDS = {
  arrivals: "receive",
  returns: "returns",
  complaints: "complaints",
  stock: "stock",
  sell: "sell",
} as const;
const ICONS: Record<Place, IconName> = {
  arrivals: "truck",
  returns: "undo",
  complaints: "chat",
  stock: "box",
  sell: "sale",
};

/** Beside the orders: what one does with the goods, as far as one may. */
export function Shortcuts({ reader }: { reader: Reader }) {
  const { t } = useTranslation("store-follow");
  const may: Record<Place, boolean> = {
    arrivals: reader.mayReceive,
    returns: reader.mayReturn,
    complaints: reader.mayComplain,
    stock: reader.seesStock,
    sell: reader.maySell,
  };
  const places = (Object.keys(may) as Place[]).filter((place) => may[place]);
  return (
    <nav className="shortcuts" aria-label={t("short.label")}>
      {places.map((place) => (
        <Tap key={place} className="shortcut" onClick={() => void open(place)}>
          <Icon name={ICONS[place]} />
          {t(`short.${WORDS[place]}`)}
        </Tap>
      ))}
    </nav>
  );
}
