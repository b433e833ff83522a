import { App, Button, Checkbox, Input, Popconfirm } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AddressIn, AddressOut, ContactIn, ContactOut, PartnerPageOut } from "@/gen/model";
import {
  useAddAddress,
  useAddContact,
  useRemoveAddress,
  useRemoveContact,
  useUpdateAddress,
  useUpdateContact,
} from "@/gen/partners/partners";
import { FormDrawer } from "@/ui/form-drawer";
import { FormField, fieldProblem } from "@/ui/form-field";
import { Card } from "@/ui/page";
import { Refusal } from "@/ui/refusal";
import { RegionField } from "@/ui/region-field";
import { usePartnerRefresh } from "../refresh";

function RowActions({ name, onEdit, onRemove }: { name: string; onEdit: () => void; onRemove: () => void }) {
  const { t } = useTranslation(["partners", "common"]);
  return (
    <span className="row-actions">
      <Button size="small" type="text" onClick={onEdit} aria-label={`${t("edit.open")} ${name}`}>
        {t("edit.open")}
      </Button>
      <Popconfirm
        title={t("remove_sure", { name })}
        okText={t("remove")}
        cancelText={t("common:action.back")}
        onConfirm={onRemove}
      >
        <Button size="small" type="text" danger aria-label={`${t("remove")} ${name}`}>
          {t("remove")}
        </Button>
      </Popconfirm>
    </span>
  );
}

function EditContact({
  partnerId,
  of: contact,
  onClose,
}: {
  partnerId: number;
  of: ContactOut | null;
  onClose: () => void;
}) {
  const { t } = useTranslation("partners");
  const { message } = App.useApp();
  const refresh = usePartnerRefresh();
  const begin: ContactIn = contact ?? { name: "", title: "", phone: "", email: "", is_primary: false };
  const [draft, setDraft] = useState(begin);
  const mutation = {
    onSuccess: (kept: ContactOut) => {
      void message.success(t("contact.kept", { name: kept.name }));
      refresh();
      onClose();
    },
  };
  const add = useAddContact({ mutation });
  const update = useUpdateContact({ mutation });
  const problem = add.error ?? update.error;
  return (
    <FormDrawer
      title={t(contact ? "contact.edit" : "contact.add")}
      confirm={t("edit.confirm")}
      isReady={draft.name.trim() !== ""}
      isBusy={add.isPending || update.isPending}
      isDirty={draft !== begin}
      problem={problem}
      size={480}
      onClose={onClose}
      onSubmit={() =>
        contact
          ? update.mutate({ partnerId, contactId: contact.id, data: draft })
          : add.mutate({ partnerId, data: draft })
      }
    >
      {(["name", "title", "phone", "email"] as const).map((name) => (
        <FormField key={name} label={t(`contact.${name}`)} problem={fieldProblem(problem, name)}>
          <Input
            value={draft[name]}
            maxLength={200}
            onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
          />
        </FormField>
      ))}
      <Checkbox
        checked={draft.is_primary}
        onChange={(event) => setDraft({ ...draft, is_primary: event.target.checked })}
      >
        {t("contact.primary")}
      </Checkbox>
    </FormDrawer>
  );
}

function EditAddress({
  partnerId,
  of: address,
  onClose,
}: {
  partnerId: number;
  of: AddressOut | null;
  onClose: () => void;
}) {
  const { t } = useTranslation("partners");
  const { message } = App.useApp();
  const refresh = usePartnerRefresh();
  const begin: AddressIn = address ?? {
    region_code: "",
    street: "",
    label: "",
    contact_name: "",
    contact_phone: "",
    is_default: false,
  };
  const [draft, setDraft] = useState(begin);
  const mutation = {
    onSuccess: (kept: AddressOut) => {
      void message.success(t("address.kept", { street: kept.street }));
      refresh();
      onClose();
    },
  };
  const add = useAddAddress({ mutation });
  const update = useUpdateAddress({ mutation });
  const problem = add.error ?? update.error;
  return (
    <FormDrawer
      title={t(address ? "address.edit" : "address.add")}
      confirm={t("edit.confirm")}
      isReady={draft.region_code !== "" && draft.street.trim() !== ""}
      isBusy={add.isPending || update.isPending}
      isDirty={draft !== begin}
      problem={problem}
      size={480}
      onClose={onClose}
      onSubmit={() =>
        address
          ? update.mutate({ partnerId, addressId: address.id, data: draft })
          : add.mutate({ partnerId, data: draft })
      }
    >
      <FormField label={t("field.region")} problem={fieldProblem(problem, "region_code")}>
        <RegionField
          value={draft.region_code}
          onChange={(region_code) => setDraft({ ...draft, region_code })}
        />
      </FormField>
      {(["street", "label", "contact_name", "contact_phone"] as const).map((name) => (
        <FormField key={name} label={t(`address.${name}`)} problem={fieldProblem(problem, name)}>
          <Input
            value={draft[name]}
            maxLength={200}
            onChange={(event) => setDraft({ ...draft, [name]: event.target.value })}
          />
        </FormField>
      ))}
      <Checkbox
        checked={draft.is_default}
        onChange={(event) => setDraft({ ...draft, is_default: event.target.checked })}
      >
        {t("address.default")}
      </Checkbox>
    </FormDrawer>
  );
}

function Contacts({ of: partner, mayKeep }: { of: PartnerPageOut; mayKeep: boolean }) {
  const { t } = useTranslation("partners");
  const refresh = usePartnerRefresh();
  const [open, setOpen] = useState<ContactOut | "new" | null>(null);
  const remove = useRemoveContact({ mutation: { onSuccess: refresh } });
  return (
    <Card
      title={t("section.contacts")}
      extra={mayKeep && <Button onClick={() => setOpen("new")}>{t("contact.add")}</Button>}
    >
      <Refusal of={remove.error} />
      {partner.contacts.length === 0 && <p className="quiet">{t("contact.none")}</p>}
      <ul className="rows">
        {partner.contacts.map((contact) => (
          <li key={contact.id}>
            <span className="cell-two">
              <span>
                <strong>{contact.name}</strong> {contact.title}{" "}
                {contact.is_primary && <span className="quiet">{t("contact.primary")}</span>}
              </span>
              <span className="quiet figures">
                {[contact.phone, contact.email].filter(Boolean).join(" · ")}
              </span>
            </span>
            {mayKeep && (
              <RowActions
                name={contact.name}
                onEdit={() => setOpen(contact)}
                onRemove={() => remove.mutate({ partnerId: partner.id, contactId: contact.id })}
              />
            )}
          </li>
        ))}
      </ul>
      {open && (
        <EditContact partnerId={partner.id} of={open === "new" ? null : open} onClose={() => setOpen(null)} />
      )}
    </Card>
  );
}

function Addresses({ of: partner, mayKeep }: { of: PartnerPageOut; mayKeep: boolean }) {
  const { t } = useTranslation("partners");
  const refresh = usePartnerRefresh();
  const [open, setOpen] = useState<AddressOut | "new" | null>(null);
  const remove = useRemoveAddress({ mutation: { onSuccess: refresh } });
  return (
    <Card
      title={t("section.addresses")}
      extra={mayKeep && <Button onClick={() => setOpen("new")}>{t("address.add")}</Button>}
    >
      <Refusal of={remove.error} />
      {partner.addresses.length === 0 && <p className="quiet">{t("address.none")}</p>}
      <ul className="rows">
        {partner.addresses.map((address) => (
          <li key={address.id}>
            <span className="cell-two">
              <span>
                {[address.province, address.city, address.district, address.street].filter(Boolean).join(" ")}{" "}
                {address.is_default && <strong>{t("address.default")}</strong>}
              </span>
              <span className="quiet figures">
                {[address.label, address.contact_name, address.contact_phone].filter(Boolean).join(" · ")}
              </span>
            </span>
            {mayKeep && (
              <RowActions
                name={address.street}
                onEdit={() => setOpen(address)}
                onRemove={() => remove.mutate({ partnerId: partner.id, addressId: address.id })}
              />
            )}
          </li>
        ))}
      </ul>
      {open && (
        <EditAddress partnerId={partner.id} of={open === "new" ? null : open} onClose={() => setOpen(null)} />
      )}
    </Card>
  );
}

/** Whom to call, and where goods go. */
export function PeopleTab(props: { of: PartnerPageOut; mayKeep: boolean }) {
  return (
    <div className="two-columns">
      <Contacts {...props} />
      <Addresses {...props} />
    </div>
  );
}
