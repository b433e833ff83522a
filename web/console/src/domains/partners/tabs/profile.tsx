import { Button, Tag } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import type { PartnerPageOut } from "@/gen/model";
import { CustomFacts } from "@/ui/custom-values";
import { Card } from "@/ui/page";
import { Pairs } from "@/ui/pairs";
import { regionOf } from "../columns";
import { EditPartner } from "../edit-partner";
import { InvoiceCard } from "../invoice-card";
import { Licences } from "../licences";
import type { PARTNER_KINDS } from "../states";

function Master({ of: partner }: { of: PartnerPageOut }) {
  const { t } = useTranslation(["partners", "access"]);
  const [isEditing, setIsEditing] = useState(false);
  return (
    <Card
      title={t("section.master")}
      extra={
        partner.allowed_actions.includes("update") && (
          <Button onClick={() => setIsEditing(true)}>{t("edit.open")}</Button>
        )
      }
    >
      <Pairs
        of={[
          [t("field.code"), partner.code],
          [t("field.short_name"), partner.short_name],
          [t("field.kind"), t(`access:kind.${partner.kind as (typeof PARTNER_KINDS)[number]}`)],
          [t("field.tier"), partner.tier],
          [t("field.channel"), partner.channel],
          [t("field.tags"), partner.tags.length > 0 && partner.tags.map((tag) => <Tag key={tag}>{tag}</Tag>)],
          [
            t("field.uscc"),
            partner.uscc && (
              <span className="figures">
                {partner.uscc}
                {partner.uscc_is_legacy && <span className="quiet"> {t("uscc.legacy")}</span>}
              </span>
            ),
          ],
          [t("field.region"), regionOf(partner)],
          [t("field.address"), partner.address],
          [t("field.phone"), partner.phone],
          [t("field.parent"), partner.parent_name],
        ]}
      />
      <dl className="facts">
        <CustomFacts entity="partner" values={partner.custom} />
      </dl>
      {isEditing && <EditPartner of={partner} onClose={() => setIsEditing(false)} />}
    </Card>
  );
}

/** Who it is, its papers with their last days, and to whom invoices go. */
export function ProfileTab({
  of: partner,
  mayKeep,
  files,
}: {
  of: PartnerPageOut;
  mayKeep: boolean;
  files?: ReactNode;
}) {
  return (
    <div className="two-columns">
      <div className="stack">
        <Master of={partner} />
        <InvoiceCard partnerId={partner.id} mayKeep={mayKeep} />
      </div>
      <div className="stack">
        <Licences partnerId={partner.id} mayKeep={mayKeep} />
        {files}
      </div>
    </div>
  );
}
