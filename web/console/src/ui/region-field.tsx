import { useQueryClient } from "@tanstack/react-query";
import { Cascader } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { getListRegionsQueryKey, listRegions } from "@/gen/partners/partners";

interface Option {
  value: string;
  label: string;
  isLeaf: boolean;
  children?: Option[];
}

interface RegionFieldProps {
  id?: string;
  status?: "error";
  value: string;
  onChange: (code: string) => void;
  "aria-describedby"?: string;
}

const DISTRICT = 3;

/** The codes from the province down to a code: 320505 is 320000, 320500, 320505. */
export function regionChain(code: string): string[] {
  if (!/^\d{6}/.test(code)) return [];
  const chain = [`${code.slice(0, 2)}0000`, `${code.slice(0, 4)}00`, code.slice(0, 6)];
  return [...new Set(chain)].filter((one, index) => index === 0 || !one.endsWith("0000"));
}

const withChildren = (options: Option[], code: string, children: Option[]): Option[] =>
  options.map((one) =>
    one.value === code
      ? { ...one, children, isLeaf: children.length === 0 }
      : one.children
        ? { ...one, children: withChildren(one.children, code, children) }
        : one,
  );

/** 省、市、区: each level is fetched when its parent is opened; a city or a province may be chosen too. */
export function RegionField({ id, status, value, onChange, ...described }: RegionFieldProps) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const [options, setOptions] = useState<Option[]>([]);
  const chain = regionChain(value);
  const below = async (code: string): Promise<Option[]> => {
    const params = code ? { parent_code: code } : {};
    // A level that cannot be read stays empty: opening it again asks again.
    const rows = await queries
      .fetchQuery({
        queryKey: getListRegionsQueryKey(params),
        queryFn: ({ signal }) => listRegions(params, signal),
        staleTime: Number.POSITIVE_INFINITY,
      })
      .catch(() => []);
    return rows.map((row) => ({ value: row.code, label: row.name, isLeaf: row.level >= DISTRICT }));
  };
  const path = chain.join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: the chain is what `path` says
  useEffect(() => {
    let isOver = false;
    void (async () => {
      let found = await below("");
      for (const code of chain.slice(0, -1)) found = withChildren(found, code, await below(code));
      if (!isOver) setOptions(found);
    })();
    return () => {
      isOver = true;
    };
  }, [path]);
  return (
    <Cascader<Option>
      {...described}
      id={id}
      status={status}
      changeOnSelect
      allowClear
      options={options}
      value={chain}
      placeholder={t("region.placeholder")}
      loadData={(chosen) => {
        const last = chosen.at(-1);
        if (last)
          void below(last.value).then((children) =>
            setOptions((before) => withChildren(before, last.value, children)),
          );
      }}
      onChange={(codes) => onChange(String(codes?.at(-1) ?? ""))}
    />
  );
}
