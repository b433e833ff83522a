import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useEffect, useMemo, useState } from "react";
import { getListProductsQueryKey, listProducts } from "@/gen/catalog/catalog";

const TYPING_MS = 250;

interface GoodsSelectProps {
  id?: string;
  value: number[];
  /** Names of what is chosen already. */
  names: Readonly<Record<string, string>>;
  onChange: (ids: number[]) => void;
  isSingle?: boolean;
}

/** Skus found by name, code or pinyin. */
export function GoodsSelect({ id, value, names, onChange, isSingle = false }: GoodsSelectProps) {
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  const [known, setKnown] = useState<Record<string, string>>({ ...names });
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const params = { text, limit: 30 };
  const found = useQuery({
    queryKey: getListProductsQueryKey(params),
    queryFn: ({ signal }) => listProducts(params, signal),
    placeholderData: keepPreviousData,
  });
  const options = useMemo(() => {
    const skus = (found.data?.items ?? []).flatMap((product) =>
      product.skus.map((sku) => ({ value: sku.id, label: `${sku.name} · ${sku.code}` })),
    );
    const missing = value
      .filter((one) => !skus.some((sku) => sku.value === one))
      .map((one) => ({ value: one, label: known[one] ?? String(one) }));
    return [...missing, ...skus];
  }, [found.data, value, known]);
  const keep = (ids: number[]) => {
    const labels = options.filter((one) => ids.includes(one.value)).map((one) => [one.value, one.label]);
    setKnown((before) => ({ ...before, ...Object.fromEntries(labels) }));
    onChange(ids);
  };
  return (
    <Select<number | number[]>
      id={id}
      mode={isSingle ? undefined : "multiple"}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={isSingle ? value[0] : value}
      loading={found.isFetching}
      options={options}
      onChange={(chosen) => keep(chosen === undefined ? [] : Array.isArray(chosen) ? chosen : [chosen])}
    />
  );
}
