import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Select } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { getGetOrganizationQueryOptions, getListOrganizationsQueryOptions } from "@/gen/access/access";
import type { OrganizationKind, OrganizationOut } from "@/gen/model";

const TYPING_MS = 250;
const SHOWN_MAX = 30;

interface OrganizationPickerProps {
  label: string;
  value: number | null;
  onPick: (organization: OrganizationOut | null) => void;
  /** Only these kinds are offered; all of the reach without it. */
  kinds?: readonly OrganizationKind[];
  /** Never offered: the organization itself. */
  exceptId?: number;
  isDisabled?: boolean;
  isClearable?: boolean;
}

/** One organization of the reach, found by name, code or pinyin. */
export function OrganizationPicker(props: OrganizationPickerProps) {
  const { t } = useTranslation("access");
  const [typed, setTyped] = useState("");
  const [text, setText] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setText(typed.trim()), TYPING_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  const found = useQuery({
    ...getListOrganizationsQueryOptions({ text, limit: SHOWN_MAX }),
    placeholderData: keepPreviousData,
  });
  const chosen = useQuery({
    ...getGetOrganizationQueryOptions(props.value ?? 0),
    enabled: props.value !== null,
  });
  const rows = (found.data?.items ?? []).filter(
    (one) => one.id !== props.exceptId && (!props.kinds || props.kinds.includes(one.kind)),
  );
  const known = chosen.data && !rows.some((one) => one.id === chosen.data.id) ? [chosen.data, ...rows] : rows;
  return (
    <Select
      aria-label={props.label}
      showSearch={{ filterOption: false, onSearch: setTyped }}
      value={props.value ?? undefined}
      disabled={props.isDisabled}
      allowClear={props.isClearable}
      placeholder={t("organization.find")}
      loading={found.isFetching}
      notFoundContent={found.isFetching ? null : t("organization.none_found")}
      options={known.map((one) => ({ value: one.id, label: `${one.name} · ${t(`kind.${one.kind}`)}` }))}
      onChange={(id?: number) => props.onPick(known.find((one) => one.id === id) ?? null)}
    />
  );
}
