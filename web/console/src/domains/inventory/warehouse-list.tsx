import { Link } from "@tanstack/react-router";
import { App, Button } from "antd";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { getListWarehousesQueryKey, listWarehouses, useSetWarehouseOpen } from "@/gen/inventory/inventory";
import type { ListWarehousesParams, WarehouseOut } from "@/gen/model";
import { type Column, DataTable } from "@/ui/data-table";
import { FilterBar } from "@/ui/filter-bar";
import { ReasonDialog } from "@/ui/reason-action";
import { StateTag } from "@/ui/state-tag";
import { one, useFilters } from "@/ui/use-filters";
import { usePages } from "@/ui/use-pages";
import { useRefreshStock } from "./refresh";
import { WarehouseForm } from "./warehouse-form";

function OpenTag({ of: place }: { of: WarehouseOut }) {
  const { t } = useTranslation("inventory");
  return (
    <StateTag tone={place.is_active ? "good" : "idle"}>
      {t(place.is_active ? "warehouse.open" : "warehouse.closed")}
    </StateTag>
  );
}

/** Opens a closed warehouse at once; closing one asks first. */
function OpenSwitch({ of: place }: { of: WarehouseOut }) {
  const { t } = useTranslation("inventory");
  const { message } = App.useApp();
  const refresh = useRefreshStock();
  const [isAsked, setIsAsked] = useState(false);
  const change = useSetWarehouseOpen({
    mutation: {
      onSuccess: (changed) => {
        void message.success(
          t(changed.is_active ? "warehouse.opened" : "warehouse.was_closed", { name: changed.name }),
        );
        setIsAsked(false);
        refresh();
      },
    },
  });
  const go = () =>
    change.mutate({ warehouseId: place.id, data: { version: place.version, is_open: !place.is_active } });
  if (!place.allowed_actions.includes(place.is_active ? "close" : "open")) return null;
  return (
    <>
      <Button size="small" type="link" onClick={() => setIsAsked(true)}>
        {t(place.is_active ? "warehouse.do_close" : "warehouse.do_open")}
      </Button>
      {isAsked && (
        <ReasonDialog
          isOpen
          isReasonNeeded={false}
          title={
            place.is_active
              ? t("warehouse.close_title", { name: place.name })
              : `${t("warehouse.do_open")} · ${place.name}`
          }
          explanation={place.is_active ? t("warehouse.close_text") : ""}
          confirm={t(place.is_active ? "warehouse.do_close" : "warehouse.do_open")}
          isBusy={change.isPending}
          problem={change.error}
          onClose={() => setIsAsked(false)}
          onConfirm={go}
        />
      )}
    </>
  );
}

function useColumns(edit: (place: WarehouseOut) => void): Column<WarehouseOut>[] {
  const { t } = useTranslation("inventory");
  return useMemo(
    () => [
      {
        key: "name",
        title: t("warehouse.name"),
        width: 190,
        render: (row) => (
          <span className="cell-two">
            <span className="cell-main">{row.name}</span>
            <span className="quiet figures">{row.code}</span>
          </span>
        ),
      },
      { key: "state", title: t("warehouse.state"), width: 100, render: (row) => <OpenTag of={row} /> },
      {
        key: "owner",
        title: t("warehouse.organization"),
        width: 200,
        render: (row) => <span className="cell-clip">{row.organization_name}</span>,
      },
      { key: "city", title: t("warehouse.city"), width: 90, render: (row) => row.city || "–" },
      { key: "address", title: t("warehouse.address"), width: 150, render: (row) => row.address || "–" },
      {
        key: "priority",
        title: t("warehouse.priority"),
        width: 90,
        numeric: true,
        render: (row) => row.priority,
      },
      {
        key: "actions",
        title: "",
        width: 210,
        render: (row) => (
          <span className="nowrap">
            <Link to="/stock" search={{ warehouse: String(row.id) } as never} className="row-link">
              {t("warehouse.stock")}
            </Link>
            {row.allowed_actions.includes("update") && (
              <Button size="small" type="link" onClick={() => edit(row)}>
                {t("warehouse.edit")}
              </Button>
            )}
            <OpenSwitch of={row} />
          </span>
        ),
      },
    ],
    [t, edit],
  );
}

/** Makes another place where goods stand. */
export function AddWarehouse({ organizationId }: { organizationId: number }) {
  const { t } = useTranslation("inventory");
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button type="primary" onClick={() => setIsOpen(true)}>
        {t("warehouse.add")}
      </Button>
      {isOpen && <WarehouseForm of={null} organizationId={organizationId} onClose={() => setIsOpen(false)} />}
    </>
  );
}

/** Where goods stand; change, open and close places. */
export function WarehouseList({ organizationId }: { organizationId: number }) {
  const { t } = useTranslation("inventory");
  const [filters] = useFilters();
  const [edited, setEdited] = useState<WarehouseOut | null>(null);
  const wanted: ListWarehousesParams = {
    organization_id: one(filters.all) === "1" ? undefined : organizationId,
    is_active: one(filters.open) === "" ? undefined : one(filters.open) === "1",
    text: one(filters.q) || undefined,
  };
  const pages = usePages(getListWarehousesQueryKey(wanted), (cursor, signal) =>
    listWarehouses({ ...wanted, cursor }, signal),
  );
  const columns = useColumns(setEdited);
  return (
    <>
      <FilterBar
        fields={[
          { kind: "text", name: "q", placeholder: t("warehouse.search") },
          {
            kind: "choice",
            name: "open",
            placeholder: t("warehouse.state"),
            options: [
              { value: "1", label: t("warehouse.open") },
              { value: "0", label: t("warehouse.closed") },
            ],
          },
        ]}
      />
      <DataTable
        label={t("warehouse.title")}
        columns={columns}
        pages={pages}
        rowKey={(row) => row.id}
        empty={t("warehouse.none")}
        card={(row) => (
          <>
            <div className="phone-row">
              <span className="cell-main">{row.name}</span>
              <OpenTag of={row} />
            </div>
            <div className="quiet">
              {row.code} {row.city} {row.address}
            </div>
            <div>
              <Link to="/stock" search={{ warehouse: String(row.id) } as never} className="row-link">
                {t("warehouse.stock")}
              </Link>
              {row.allowed_actions.includes("update") && (
                <Button size="small" type="link" onClick={() => setEdited(row)}>
                  {t("warehouse.edit")}
                </Button>
              )}
              <OpenSwitch of={row} />
            </div>
          </>
        )}
      />
      {edited && (
        <WarehouseForm of={edited} organizationId={organizationId} onClose={() => setEdited(null)} />
      )}
    </>
  );
}
