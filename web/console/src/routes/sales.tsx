import { useNavigate } from "@tanstack/react-router";
import { Button } from "antd";
import { useCallback, useState } from "react";
import { useTranslation } from "react-i18next";
import { useSession } from "@/domains/access/session";
import type { SalesReader } from "@/domains/sales/reader";
import { SaleDrawer } from "@/domains/sales/sale-drawer";
import { SaleEntry } from "@/domains/sales/sale-entry";
import { SaleList } from "@/domains/sales/sale-list";
import { Page } from "@/ui/page";

/** What was sold on: by a dealer to its stores, by anybody over the counter. */
export function SalesPage() {
  const { t } = useTranslation("sales");
  const session = useSession();
  const navigate = useNavigate();
  const [isEntering, setIsEntering] = useState(false);
  const [openId, setOpenId] = useState<string | null>(null);
  const open = useCallback((saleId: string) => setOpenId(saleId), []);
  const reader: SalesReader = {
    organizationId: session.organizationId,
    isStaff: session.isStaff,
    isStore: session.kind === "STORE",
    mayWrite: session.scopes.has("sell_out:write"),
    mayReadPartners: session.scopes.has("partners:read"),
  };
  return (
    <Page
      title={t("list.title")}
      note={t("list.about")}
      actions={
        reader.mayWrite && (
          <>
            {session.scopes.has("imports:run") && (
              <Button onClick={() => void navigate({ to: "/imports", search: { start: "sales" } as never })}>
                {t("list.import")}
              </Button>
            )}
            <Button type="primary" onClick={() => setIsEntering(true)}>
              {t("entry.title")}
            </Button>
          </>
        )
      }
    >
      <SaleList reader={reader} onOpen={open} />
      {openId && <SaleDrawer saleId={openId} onOpen={open} onClose={() => setOpenId(null)} />}
      {isEntering && (
        <SaleEntry
          reader={reader}
          onDone={(sale) => {
            setIsEntering(false);
            setOpenId(sale.id);
          }}
          onClose={() => setIsEntering(false)}
        />
      )}
    </Page>
  );
}
