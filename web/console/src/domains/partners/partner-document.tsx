import { UNKNOWN } from "@shared/money";
import i18next from "i18next";
import { useTranslation } from "react-i18next";
import type { PartnerPageOut } from "@/gen/model";
import { usePartnerHistory } from "@/gen/partners/partners";
import { Card } from "@/ui/page";
import { Timeline } from "@/ui/timeline";
import { useFormat } from "@/ui/use-format";
import type { PARTNER_KINDS } from "./states";

function Pairs({ of: pairs }: { of: readonly (readonly [string, string])[] }) {
  return (
    <dl className="pairs">
      {pairs.map(([name, value]) => (
        <div key={name} className="pair">
          <dt>{name}</dt>
          <dd>{value || UNKNOWN}</dd>
        </div>
      ))}
    </dl>
  );
}

function Master({ of: partner }: { of: PartnerPageOut }) {
  const { t } = useTranslation(["partners", "access"]);
  return (
    <Card title={t("section.master")}>
      <Pairs
        of={[
          [t("field.code"), partner.code],
          [t("field.short_name"), partner.short_name],
          [t("field.kind"), t(`access:kind.${partner.kind as (typeof PARTNER_KINDS)[number]}`)],
          [t("field.tier"), partner.tier],
          [t("field.channel"), partner.channel],
          [t("field.tags"), partner.tags.join(" · ")],
          [t("field.uscc"), partner.uscc],
          [t("field.region"), [partner.province, partner.city, partner.district].filter(Boolean).join(" ")],
          [t("field.address"), partner.address],
          [t("field.phone"), partner.phone],
          [t("field.parent"), partner.parent_name],
        ]}
      />
    </Card>
  );
}

function People({ of: partner }: { of: PartnerPageOut }) {
  const { t } = useTranslation("partners");
  return (
    <Card title={t("section.contacts")}>
      {partner.contacts.length === 0 && <p className="quiet">{t("contact.none")}</p>}
      <ul className="holds">
        {partner.contacts.map((contact) => (
          <li key={contact.id}>
            <span>
              {contact.name} {contact.title}
            </span>
            <span className="quiet">{contact.is_primary ? t("contact.primary") : contact.email}</span>
            <span className="figures">{contact.phone}</span>
          </li>
        ))}
      </ul>
      <h3 className="section-gap">{t("section.addresses")}</h3>
      {partner.addresses.length === 0 && <p className="quiet">{t("address.none")}</p>}
      <ul className="holds">
        {partner.addresses.map((address) => (
          <li key={address.id}>
            <span>
              {[address.province, address.city, address.district, address.street].filter(Boolean).join(" ")}
            </span>
            <span className="quiet">
              {[address.label, address.contact_name, address.contact_phone].filter(Boolean).join(" · ")}
            </span>
            <span className="quiet">{address.is_default ? t("address.default") : ""}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Contracts({ of: partner }: { of: PartnerPageOut }) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  return (
    <Card title={t("section.contracts")}>
      {partner.contracts.length === 0 && <p className="quiet">{t("contract.none")}</p>}
      <ul className="holds">
        {partner.contracts.map((contract) => (
          <li key={contract.id}>
            <span className="figures">{contract.number}</span>
            <span className="quiet figures">
              {contract.valid_to
                ? t("contract.valid", {
                    from: format.day(contract.valid_from),
                    to: format.day(contract.valid_to),
                  })
                : t("contract.valid_open", { from: format.day(contract.valid_from) })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function History({ partnerId }: { partnerId: number }) {
  const { t } = useTranslation("partners");
  const format = useFormat();
  const { data } = usePartnerHistory(partnerId);
  const items = (data ?? []).map((event) => {
    const key = `partners:event.${event.type.replace("partner.", "")}`;
    const { reason } = event.payload as Record<string, unknown>;
    return {
      key: event.id,
      tone: "note" as const,
      title: i18next.exists(key) ? String(i18next.t(key as never)) : event.type,
      when: format.instant(event.effective_at),
      detail: typeof reason === "string" ? reason : undefined,
    };
  });
  return (
    <Card title={t("section.history")}>
      {items.length === 0 ? <p className="quiet">{t("history.none")}</p> : <Timeline items={items} />}
    </Card>
  );
}

/** A partner: who it is, whom to call, what is agreed, what happened. */
export function PartnerDocument({ of: partner }: { of: PartnerPageOut }) {
  return (
    <div className="document">
      <div className="stack">
        <Master of={partner} />
        <People of={partner} />
      </div>
      <div className="stack">
        <Contracts of={partner} />
        <History partnerId={partner.id} />
      </div>
    </div>
  );
}
