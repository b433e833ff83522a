import { Icon, type IconName } from "@/ui/icon";
import { Tap } from "@/ui/tap";
import "./home.scss";

interface Props {
  icon: IconName;
  name: string;
  note?: string;
  onOpen: () => void;
}

/** A way to another page, with a word on what waits there. */
export function LinkRow({ icon, name, note, onOpen }: Props) {
  return (
    <li>
      <Tap className="home-row" onClick={onOpen}>
        <Icon name={icon} />
        <span className="home-words">{name}</span>
        {note && <span className="soft">{note}</span>}
        <Icon name="next" />
      </Tap>
    </li>
  );
}
