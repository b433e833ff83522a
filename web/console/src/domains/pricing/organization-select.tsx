import { useQueries } from "@tanstack/react-query";
import { Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { getGetOrganizationQueryOptions, useListOrganizations } from "@/gen/access/access";

const TYPING_MS = 250;

interface OrganizationSelectProps {
  id?: string;
  label?: string;
  value: number[];
  onChange: (ids: number[]) => void;
  /** One at most: a form's seller, a preview's partner. */
  isSingle?: boolean;
  placeholder?: string;
  "aria-describedby"?: string;
}

/** Organizations found by name, code or pinyin initials; those chosen are named even when the search does not show them. */
export function OrganizationSelect(props: OrganizationSelectProps) {
  const { id, label, value, onChange, isSingle, placeholder } = props;
  const { t } = useTranslation("prices");
  const [text, setText] = useState("");
  const [wanted, setWanted] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setWanted(text.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [text]);
  const { data, isFetching } = useListOrganizations(
    { text: wanted, limit: 20 },
    { query: { staleTime: 60_000, placeholderData: (before) => before } },
  );
  const chosen = useQueries({
    queries: value.map((one) => ({ ...getGetOrganizationQueryOptions(one), staleTime: 600_000 })),
  });
  const names = new Map(chosen.flatMap(({ data: one }) => (one ? [[one.id, one.name] as const] : [])));
  const options = [
    ...(data?.items ?? []).map((one) => ({ value: one.id, label: one.name, code: one.code })),
    ...value
      .filter((one) => !data?.items.some((item) => item.id === one))
      .map((one) => ({ value: one, label: names.get(one) ?? `#${one}`, code: "" })),
  ];
  return (
    <Select<number[] | number>
      id={id}
      aria-label={label}
      aria-describedby={props["aria-describedby"]}
      style={{ width: "100%" }}
      mode={isSingle ? undefined : "multiple"}
      allowClear
      showSearch={{ filterOption: false, onSearch: setText }}
      loading={isFetching}
      placeholder={placeholder ?? t("pick.organization")}
      value={isSingle ? value[0] : value}
      options={options}
      optionRender={({ data: one }) => (
        <span className="cell-two">
          <span>{one.label}</span>
          <span className="quiet figures">{one.code}</span>
        </span>
      )}
      onChange={(next) => onChange(Array.isArray(next) ? next : next === undefined ? [] : [next])}
    />
  );
}
