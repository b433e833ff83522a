import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useEffect, useState } from "react";
import { getGetUserQueryOptions, getListUsersQueryOptions } from "@/gen/access/access";

interface UserPickerProps {
  label: string;
  value: number | null;
  onPick: (id: number | null) => void;
}

/** One person of the reach, found by name, user name or phone. */
export function UserPicker({ label, value, onPick }: UserPickerProps) {
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), 250);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useQuery({
    ...getListUsersQueryOptions({ text: text || undefined, limit: 30 }),
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({ ...getGetUserQueryOptions(value ?? 0), enabled: value !== null });
  const rows = found.data?.items ?? [];
  const known = chosen.data && !rows.some((one) => one.id === chosen.data.id) ? [chosen.data, ...rows] : rows;
  return (
    <Select
      aria-label={label}
      className="picker"
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={value ?? undefined}
      placeholder={label}
      loading={found.isFetching}
      options={known.map((user) => ({ value: user.id, label: `${user.name} · ${user.organization_name}` }))}
      onChange={(id?: number) => onPick(id ?? null)}
    />
  );
}
