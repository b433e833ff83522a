import { useQuery } from "@tanstack/react-query";
import { Button, Modal, Select } from "antd";
import { type ReactNode, useState } from "react";
import { useTranslation } from "react-i18next";
import { getGetSettingQueryOptions, useListSettings } from "@/gen/settings/settings";
import { useLanguage } from "@/i18n/language";
import { Refusal } from "@/ui/refusal";
import { SettingDialog } from "./setting-dialog";
import { said } from "./setting-shape";

interface SellerValueProps {
  /** How a seller is chosen: the page brings it from where organizations are at home. */
  picker: (value: number | null, onPick: (id: number | null) => void) => ReactNode;
  onClose: () => void;
}

/** A value that counts for one seller before the brand's. */
export function SellerValue({ picker, onClose }: SellerValueProps) {
  const { t } = useTranslation(["administration", "common"]);
  const language = useLanguage();
  const settings = useListSettings();
  const [key, setKey] = useState<string | null>(null);
  const [sellerId, setSellerId] = useState<number | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const chosen = useQuery({ ...getGetSettingQueryOptions(`${key}.${sellerId}`), enabled: isOpen });
  if (isOpen && chosen.data) return <SettingDialog setting={chosen.data} isReset={false} onClose={onClose} />;
  const options = (settings.data ?? [])
    .filter((one) => one.per_seller && one.seller_id === null && one.may_change)
    .map((one) => ({ value: one.key, label: said(one, language) }));
  return (
    <Modal
      open
      title={t("option.for_seller")}
      onCancel={onClose}
      footer={[
        <Button key="back" onClick={onClose}>
          {t("common:action.back")}
        </Button>,
        <Button
          key="go"
          type="primary"
          disabled={!key || !sellerId}
          loading={isOpen && chosen.isFetching}
          onClick={() => setIsOpen(true)}
        >
          {t("option.next")}
        </Button>,
      ]}
    >
      <div className="stack">
        <p>{t("option.for_seller_note")}</p>
        <div className="field">
          <span>{t("option.which")}</span>
          <Select aria-label={t("option.which")} options={options} value={key} onChange={setKey} />
        </div>
        <div className="field">
          <span>{t("option.seller")}</span>
          {picker(sellerId, setSellerId)}
        </div>
        <Refusal of={chosen.error} />
      </div>
    </Modal>
  );
}
