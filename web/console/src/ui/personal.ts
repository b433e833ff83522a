import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import {
  getListPersonalSettingsQueryKey,
  useDropPersonalSetting,
  useKeepPersonalSetting,
  useListPersonalSettings,
} from "@/gen/access/access";

/** One value that the signed-in person keeps on every device; undefined while nothing is kept or it is not known. */
export function usePersonal<Value>(key: string) {
  const queries = useQueryClient();
  const { data } = useListPersonalSettings({ query: { staleTime: 60_000 } });
  const refresh = () => queries.invalidateQueries({ queryKey: getListPersonalSettingsQueryKey() });
  const keeping = useKeepPersonalSetting({ mutation: { onSettled: refresh } });
  const dropping = useDropPersonalSetting({ mutation: { onSettled: refresh } });
  const { mutateAsync: put } = keeping;
  const { mutateAsync: remove } = dropping;
  const keep = useCallback((value: Value) => put({ key, data: { value } }), [put, key]);
  const drop = useCallback(() => remove({ key }), [remove, key]);
  return {
    value: (data as Record<string, Value> | undefined)?.[key],
    keep,
    drop,
    isKeeping: keeping.isPending || dropping.isPending,
    problem: keeping.error ?? dropping.error,
  };
}
