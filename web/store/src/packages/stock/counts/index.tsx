import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type Reader, useReader } from "@/domains/orders/reader";
import { useRefresh } from "@/domains/orders/refresh";
import { useListCategories } from "@/gen/catalog/catalog";
import {
  getListCountsQueryKey,
  listCounts,
  planCount,
  startCount,
  useListWarehouses,
} from "@/gen/inventory/inventory";
import type { CountOut } from "@/gen/model";
import { open } from "@/navigation";
import { newId } from "@/platform/ids";
import { Action } from "@/ui/action";
import { Chips } from "@/ui/chips";
import { More } from "@/ui/more";
import { Page } from "@/ui/page";
import { Refused } from "@/ui/refused";
import { say } from "@/ui/said";
import { Sheet } from "@/ui/sheet";
import { Answered, Empty } from "@/ui/states";
import { Tap } from "@/ui/tap";
import { useFormat } from "@/ui/use-format";
import { usePages } from "@/ui/use-pages";
import "@/domains/stock/stock-row.scss";

const EVERYTHING = "";

/** Plans and starts in one press; the ids are kept, so that a second press does it once. */
function useStart(onDone: () => void) {
  const { t } = useTranslation("store-stock");
  const refresh = useRefresh();
  const [id, setId] = useState(newId);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const start = async (warehouseId: number, categoryIds: number[]) => {
    setIsBusy(true);
    setError(null);
    try {
      const plan = await planCount({
        id,
        warehouse_id: warehouseId,
        category_ids: categoryIds,
        is_blind: true,
      });
      const count = plan.state === "PLANNED" ? await startCount(plan.id) : plan;
      setId(newId());
      say(t("counts.started", { count: count.line_count }));
      refresh();
      onDone();
      await open("counting", { id: count.id });
    } catch (problem) {
      setError(problem);
    } finally {
      setIsBusy(false);
    }
  };
  return { start, isBusy, error };
}

function Start({ reader, onClose }: { reader: Reader; onClose: () => void }) {
  const { t } = useTranslation("store-stock");
  const places =
    useListWarehouses({ organization_id: reader.organizationId, is_active: true, limit: 50 }).data?.items ??
    [];
  const categories = useListCategories().data?.filter((one) => one.parent_id === null) ?? [];
  const [category, setCategory] = useState<string>(EVERYTHING);
  const [chosen, setChosen] = useState<number | null>(null);
  const { start, isBusy, error } = useStart(onClose);
  const warehouseId = chosen ?? places[0]?.id;
  return (
    <>
      <p className="field-label">{t("counts.what")}</p>
      <Chips
        isWrapped
        label={t("counts.what")}
        value={category}
        options={[
          { value: EVERYTHING, label: t("counts.everything") },
          ...categories.map((one) => ({ value: String(one.id), label: one.name })),
        ]}
        onChange={setCategory}
      />
      {places.length > 1 && (
        <>
          <p className="field-label">{t("counts.where")}</p>
          <Chips
            isWrapped
            label={t("counts.where")}
            value={String(warehouseId)}
            options={places.map((place) => ({ value: String(place.id), label: place.name }))}
            onChange={(value) => setChosen(Number(value))}
          />
        </>
      )}
      <p className="soft start-hint">{t("counts.hint")}</p>
      {error !== null && <Refused error={error} />}
      <Action
        isWide
        isBusy={isBusy}
        isDisabled={warehouseId === undefined}
        onClick={() =>
          warehouseId !== undefined &&
          void start(warehouseId, category === EVERYTHING ? [] : [Number(category)])
        }
      >
        {t("counts.start")}
      </Action>
    </>
  );
}

function Count({ of: count }: { of: CountOut }) {
  const { t } = useTranslation("store-stock");
  const format = useFormat();
  return (
    <Tap
      className="stock-row"
      aria-label={t("counts.open", { number: count.number })}
      onClick={() => void open("counting", { id: count.id })}
    >
      <span className="stock-row-head">
        <span className="stock-row-name">{count.note || count.warehouse_name}</span>
        <span>{t(`counts.state.${count.state}`)}</span>
      </span>
      <span className="stock-row-more">
        <span className="whole">{count.number}</span>
        <span>{t("counts.lines", { count: count.line_count })}</span>
        <span>{t("counts.by", { who: count.created_by_name, at: format.spoken(count.created_at) })}</span>
      </span>
    </Tap>
  );
}

export default function CountsPage() {
  const { t } = useTranslation("store-stock");
  const reader = useReader();
  const [isStarting, setIsStarting] = useState(false);
  const wanted = { organization_id: reader?.organizationId, limit: 20 };
  const pages = usePages(
    getListCountsQueryKey(wanted),
    (cursor, signal) => listCounts({ ...wanted, cursor }, signal),
    reader !== undefined,
  );
  return (
    <Page
      title={t("counts.title")}
      footer={
        reader?.mayWriteStock && (
          <Action isWide onClick={() => setIsStarting(true)}>
            {t("counts.start")}
          </Action>
        )
      }
    >
      <Answered of={pages}>
        {(rows) =>
          rows.length === 0 ? (
            <Empty text={t("counts.none")} />
          ) : (
            <>
              <ul>
                {rows.map((count) => (
                  <li key={count.id}>
                    <Count of={count} />
                  </li>
                ))}
              </ul>
              <More of={pages} />
            </>
          )
        }
      </Answered>
      <Sheet title={t("counts.start")} isOpen={isStarting} onClose={() => setIsStarting(false)}>
        {reader && <Start reader={reader} onClose={() => setIsStarting(false)} />}
      </Sheet>
    </Page>
  );
}
