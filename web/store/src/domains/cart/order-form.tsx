import { useTranslation } from "react-i18next";
import type { AddressOut, CartOut } from "@/gen/model";
import type { Photo } from "@/platform/photo";
import { Card } from "@/ui/card";
import { Choice } from "@/ui/choice";
import { DateField } from "@/ui/date-field";
import { Field } from "@/ui/field";
import { Photos } from "@/ui/photos";
import { TextArea } from "@/ui/text-area";
import { type Draft, type Lacking, streetOf } from "./draft";

interface Props {
  of: CartOut;
  draft: Draft;
  addresses: readonly AddressOut[];
  today: string;
  lacking: Lacking;
  /** Why something that was typed was refused, by its place on the wire. */
  reasonOf: (name: string) => string | undefined;
  photos: Photo[];
  onPhotos: (photos: Photo[]) => void;
  onChange: (part: Partial<Draft>) => void;
}

/** Everything of an order that is not goods. */
export function OrderForm(props: Props) {
  const { t } = useTranslation("store-cart");
  const { of: cart, draft, today, lacking, reasonOf, photos, onPhotos, onChange } = props;
  const short = cart.lines.filter((line) => line.level === "NONE" || line.level === "TIGHT");
  return (
    <>
      <Where {...props} />
      <Card title={t("form.when")}>
        <DateField
          label={t("form.wanted")}
          value={draft.wanted}
          min={today}
          empty={t("form.soonest")}
          problem={lacking === "past" ? t("form.past") : reasonOf("wanted_date")}
          onChange={(wanted) => onChange({ wanted })}
        />
        <p className="soft">{t("form.wanted_note")}</p>
      </Card>
      <Card title={t("form.shortage")}>
        {short.length > 0 && (
          <p className="form-short" role="status">
            {t("form.short", { count: short.length, names: short.map((line) => line.sku_name).join("、") })}
          </p>
        )}
        <Choice
          label={t("form.shortage")}
          value={draft.shortage}
          options={[
            { value: "REFUSE", title: t("form.refuse"), note: t("form.refuse_note") },
            { value: "BACKORDER", title: t("form.backorder"), note: t("form.backorder_note") },
          ]}
          onChange={(shortage) => onChange({ shortage })}
        />
        <p className="soft">{t("form.split")}</p>
      </Card>
      <Card title={t("form.more")}>
        <TextArea
          label={t("form.note")}
          value={draft.note}
          hint={t("form.note_hint")}
          most={500}
          problem={reasonOf("buyer_note")}
          onChange={(note) => onChange({ note })}
        />
        <Field
          label={t("form.external")}
          value={draft.external}
          help={t("form.external_note")}
          problem={reasonOf("external_number")}
          onChange={(external) => onChange({ external })}
        />
        <p className="field-label">{t("form.photo")}</p>
        <Photos value={photos} onChange={onPhotos} />
        <p className="soft">{t("form.photo_note")}</p>
      </Card>
    </>
  );
}

function Where({ draft, addresses, lacking, reasonOf, onChange }: Props) {
  const { t } = useTranslation("store-cart");
  const kept = addresses.map((one) => ({
    value: one.id as Draft["place"],
    title: streetOf(one),
    note: [one.label, one.contact_name, one.contact_phone].filter(Boolean).join(" "),
  }));
  const record = {
    value: "record" as Draft["place"],
    title: t("form.record"),
    note: t("form.record_note"),
  };
  return (
    <Card title={t("form.where")}>
      <Choice<Draft["place"]>
        label={t("form.where")}
        value={draft.place}
        options={[...(kept.length ? kept : [record]), { value: "typed", title: t("form.typed") }]}
        onChange={(place) => onChange({ place })}
      />
      {draft.place === "typed" && (
        <>
          <Field
            label={t("form.street")}
            value={draft.street}
            autoComplete="street-address"
            problem={lacking === "street" ? t("form.street_missing") : reasonOf("address.street")}
            onChange={(street) => onChange({ street })}
          />
          <Field
            label={t("form.contact")}
            value={draft.contact}
            autoComplete="name"
            problem={reasonOf("address.contact_name")}
            onChange={(contact) => onChange({ contact })}
          />
          <Field
            label={t("form.phone")}
            value={draft.phone}
            type="tel"
            autoComplete="tel"
            problem={reasonOf("address.contact_phone")}
            onChange={(phone) => onChange({ phone })}
          />
        </>
      )}
    </Card>
  );
}
