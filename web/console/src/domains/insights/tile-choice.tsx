import { ArrowDownOutlined, ArrowUpOutlined, CloseOutlined, SettingOutlined } from "@ant-design/icons";
import { Button, Drawer, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useWord } from "@/i18n/server-words";
import { usePersonal } from "@/ui/personal";
import { Refusal } from "@/ui/refusal";
import { useMetricWords } from "./tiles";

const TILES_MAX = 12;

/** The tiles somebody chose, in their order; the role's own while they chose none or what they chose is gone. */
export function useTiles(otherwise: readonly string[]) {
  const { value, keep, drop, isKeeping, problem } = usePersonal<string[]>("tiles");
  const words = useMetricWords();
  const known = words.size ? value?.filter((name) => words.has(name)) : value;
  return {
    names: known?.length ? known : otherwise,
    isOwn: Boolean(known?.length),
    keep,
    drop,
    isKeeping,
    problem,
  };
}

function moved(names: readonly string[], at: number, by: number): string[] {
  const list = [...names];
  const [name] = list.splice(at, 1);
  if (name) list.splice(at + by, 0, name);
  return list;
}

/** Which figures stand on the desk and in which order; kept for the person, on every device. */
export function TileChoice({ of }: { of: ReturnType<typeof useTiles> }) {
  const { t } = useTranslation("insights");
  const [isOpen, setIsOpen] = useState(false);
  const words = useMetricWords();
  const word = useWord();
  const { names, isOwn, keep, drop, isKeeping, problem } = of;
  return (
    <>
      <Button icon={<SettingOutlined />} onClick={() => setIsOpen(true)}>
        {t("tiles.choose")}
      </Button>
      <Drawer open={isOpen} onClose={() => setIsOpen(false)} size={420} title={t("tiles.title")}>
        <p className="quiet">{t("tiles.explained")}</p>
        <ol className="tile-list">
          {names.map((name, at) => {
            const label = word(words.get(name), name);
            return (
              <li key={name}>
                <span>{label}</span>
                <Button
                  type="text"
                  icon={<ArrowUpOutlined />}
                  aria-label={t("tiles.up", { name: label })}
                  disabled={at === 0 || isKeeping}
                  onClick={() => void keep(moved(names, at, -1))}
                />
                <Button
                  type="text"
                  icon={<ArrowDownOutlined />}
                  aria-label={t("tiles.down", { name: label })}
                  disabled={at === names.length - 1 || isKeeping}
                  onClick={() => void keep(moved(names, at, 1))}
                />
                <Button
                  type="text"
                  icon={<CloseOutlined />}
                  aria-label={t("tiles.remove", { name: label })}
                  disabled={names.length === 1 || isKeeping}
                  onClick={() => void keep(names.filter((one) => one !== name))}
                />
              </li>
            );
          })}
        </ol>
        <Select
          className="tile-add"
          aria-label={t("tiles.add")}
          placeholder={t("tiles.add")}
          value={null}
          disabled={names.length >= TILES_MAX || isKeeping}
          options={[...words.values()]
            .filter(({ name }) => !names.includes(name))
            .map((metric) => ({ value: metric.name, label: word(metric) }))}
          showSearch={{ optionFilterProp: "label" }}
          onChange={(name: string | null) => name && void keep([...names, name])}
        />
        {isOwn && (
          <Button type="link" disabled={isKeeping} onClick={() => void drop()}>
            {t("tiles.reset")}
          </Button>
        )}
        <Refusal of={problem} />
      </Drawer>
    </>
  );
}
