import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useEffect, useMemo, useState } from "react";
import { getListPartnersQueryKey, listPartners, useGetPartner } from "@/gen/partners/partners";

const TYPING_MS = 250;
const SHOWN = 30;

interface PartnerFieldProps {
  id?: string;
  label: string;
  value: number | undefined;
  onChange: (partnerId: number | undefined) => void;
  className?: string;
  status?: "error";
}

/** One partner of the reach, found by name, code or pinyin initials as one types. */
export function PartnerField({ id, label, value, onChange, className, status }: PartnerFieldProps) {
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const params = { text: text || undefined, limit: SHOWN };
  const found = useQuery({
    queryKey: getListPartnersQueryKey(params),
    queryFn: ({ signal }) => listPartners(params, signal),
    placeholderData: keepPreviousData,
  });
  const rows = found.data?.items;
  const isListed = rows?.some((row) => row.id === value) ?? true;
  const chosen = useGetPartner(value ?? 0, { query: { enabled: value !== undefined && !isListed } });
  const options = useMemo(() => {
    const listed = (rows ?? []).map((row) => ({ value: row.id, label: row.name }));
    const one = chosen.data;
    return one && !isListed ? [{ value: one.id, label: one.name }, ...listed] : listed;
  }, [rows, chosen.data, isListed]);
  return (
    <Select<number>
      id={id}
      className={className}
      status={status}
      aria-label={id ? undefined : label}
      placeholder={label}
      allowClear
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={options.some((one) => one.value === value) ? value : undefined}
      loading={found.isFetching}
      options={options}
      popupMatchSelectWidth={false}
      onChange={(next?: number) => onChange(next)}
    />
  );
}
