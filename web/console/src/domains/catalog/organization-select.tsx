import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useEffect, useMemo, useState } from "react";
import { getListOrganizationsQueryKey, listOrganizations } from "@/gen/access/access";

const TYPING_MS = 250;

export interface Chosen {
  /** An id, or a path where everything below counts. */
  key: string;
  name: string;
}

interface OrganizationSelectProps {
  id?: string;
  value: readonly Chosen[];
  by: "id" | "path";
  onChange: (chosen: Chosen[]) => void;
}

/** Several organizations of the reach, found by name, code or pinyin. */
export function OrganizationSelect({ id, value, by, onChange }: OrganizationSelectProps) {
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const params = { text, limit: 30 };
  const found = useQuery({
    queryKey: getListOrganizationsQueryKey(params),
    queryFn: ({ signal }) => listOrganizations(params, signal),
    placeholderData: keepPreviousData,
  });
  const options = useMemo(() => {
    const rows = (found.data?.items ?? []).map((one) => ({
      value: by === "id" ? String(one.id) : one.path,
      label: one.name,
    }));
    const missing = value
      .filter((one) => !rows.some((row) => row.value === one.key))
      .map((one) => ({ value: one.key, label: one.name }));
    return [...missing, ...rows];
  }, [found.data, value, by]);
  return (
    <Select<string[]>
      id={id}
      mode="multiple"
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={value.map((one) => one.key)}
      loading={found.isFetching}
      options={options}
      onChange={(keys) =>
        onChange(keys.map((key) => ({ key, name: options.find((one) => one.value === key)?.label ?? key })))
      }
    />
  );
}
