import { shift } from "@shared/dates";
import { uuid7 } from "@shared/ids";
import { money } from "@shared/money";
import { Link } from "@tanstack/react-router";
import { App, Button } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { useGetCredit, useListCreditLimits, useRevokeTemporaryLimit } from "@/gen/credit/credit";
import type { GrantOut } from "@/gen/model";
import { useListBalances } from "@/gen/money/money";
import { Card } from "@/ui/page";
import { ReasonDialog } from "@/ui/reason-action";
import { Refusal } from "@/ui/refusal";
import { SimpleTable } from "@/ui/simple-table";
import { StateTag } from "@/ui/state-tag";
import { EmptyState } from "@/ui/states";
import { useFormat } from "@/ui/use-format";
import { LimitDialog, useMoneyRefresh } from "../limit-dialog";

function Revoke({ of: grant, onClose }: { of: GrantOut; onClose: () => void }) {
  const { t } = useTranslation("partners");
  const { message } = App.useApp();
  const refresh = useMoneyRefresh();
  const [id] = useState(() => uuid7());
  const revoke = useRevokeTemporaryLimit({
    mutation: {
      onSuccess: () => {
        void message.success(t("limit.revoked", { amount: money(grant.amount, grant.currency) }));
        refresh();
        onClose();
      },
    },
  });
  return (
    <ReasonDialog
      isOpen
      title={t("limit.revoke")}
      explanation={t("limit.revoke_text", { amount: money(grant.amount, grant.currency) })}
      confirm={t("limit.revoke")}
      isBusy={revoke.isPending}
      problem={revoke.error}
      onClose={onClose}
      onConfirm={(reason) => revoke.mutate({ grantId: grant.id, data: { id, reason } })}
    />
  );
}

function Grants({ partnerId, mayGrant }: { partnerId: number; mayGrant: boolean }) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  const { data, error } = useListCreditLimits({ buyer_id: partnerId, limit: 50 });
  const [revoking, setRevoking] = useState<GrantOut | null>(null);
  const grants = data?.items ?? [];
  const revoked = new Set(grants.map((grant) => grant.revokes_id));
  const today = format.today();
  const isLive = (grant: GrantOut) =>
    grant.kind === "TEMPORARY" && !revoked.has(grant.id) && (!grant.valid_to || grant.valid_to > today);
  return (
    <Card title={t("limit.history")}>
      <Refusal of={error} />
      {data && grants.length === 0 && <p className="quiet">{t("limit.none")}</p>}
      <ul className="rows">
        {grants.map((grant) => (
          <li key={grant.id}>
            <span className="cell-two">
              <span className="title-row">
                <strong>{t(`limit.kind.${grant.kind}`)}</strong>
                <span className="figures">{money(grant.amount, grant.currency)}</span>
                {isLive(grant) && <StateTag tone="wait">{t("limit.live")}</StateTag>}
              </span>
              <span className="quiet figures">
                {grant.valid_to
                  ? t("contract.valid", {
                      from: format.day(grant.valid_from),
                      to: format.day(shift(grant.valid_to, { days: -1 })),
                    })
                  : t("contract.valid_open", { from: format.day(grant.valid_from) })}
                {grant.reason && ` · ${grant.reason}`}
              </span>
            </span>
            {mayGrant && isLive(grant) && (
              <Button size="small" type="text" danger onClick={() => setRevoking(grant)}>
                {t("limit.revoke")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {revoking && <Revoke of={revoking} onClose={() => setRevoking(null)} />}
    </Card>
  );
}

function Accounts({ partnerId }: { partnerId: number }) {
  const { t } = useTranslation("partners");
  const { data, error } = useListBalances({ buyer_id: partnerId });
  return (
    <Card
      flush
      title={t("account.section")}
      extra={
        <Link to="/balances" search={{ buyer: String(partnerId) } as never}>
          {t("account.statement")}
        </Link>
      }
    >
      <Refusal of={error} />
      {data && data.items.length === 0 && <EmptyState text={t("account.none")} />}
      {data && data.items.length > 0 && (
        <SimpleTable
          rows={data.items}
          rowKey={(row) => `${row.seller_id} ${row.currency}`}
          columns={[
            { key: "seller", title: t("order.seller"), width: 200, render: (row) => row.seller_name },
            {
              key: "balance",
              title: t("figure.balance"),
              width: 130,
              numeric: true,
              render: (row) => money(row.balance, row.currency),
            },
            {
              key: "held",
              title: t("account.held"),
              width: 130,
              numeric: true,
              render: (row) => money(row.held, row.currency),
            },
            {
              key: "available",
              title: t("figure.available"),
              width: 130,
              numeric: true,
              render: (row) => money(row.available, row.currency),
            },
          ]}
          card={(row) => (
            <>
              <span className="cell-main">{row.seller_name}</span>
              <div className="phone-row figures">
                <span className="quiet">{t("figure.available")}</span>
                <span>{money(row.available, row.currency)}</span>
              </div>
            </>
          )}
        />
      )}
    </Card>
  );
}

interface MoneyTabProps {
  partnerId: number;
  mayGrant: boolean;
  /** The five terms of credit; composed by the route. */
  summary: ReactNode;
}

/** Who owes whom, what may still be ordered, and who granted it. */
export function MoneyTab({ partnerId, mayGrant, summary }: MoneyTabProps) {
  const { t } = useTranslation("partners");
  const { data: credit } = useGetCredit({ buyer_id: partnerId });
  const [asked, setAsked] = useState<"limit" | "temporary" | null>(null);
  return (
    <>
      {summary}
      {mayGrant && credit && (
        <div className="list-tools">
          <Button onClick={() => setAsked("temporary")}>{t("limit.title_temporary")}</Button>
          <Button onClick={() => setAsked("limit")}>{t("limit.title_limit")}</Button>
        </div>
      )}
      <div className="two-columns">
        <Accounts partnerId={partnerId} />
        <Grants partnerId={partnerId} mayGrant={mayGrant} />
      </div>
      {asked && credit && <LimitDialog of={credit} kind={asked} onClose={() => setAsked(null)} />}
    </>
  );
}
