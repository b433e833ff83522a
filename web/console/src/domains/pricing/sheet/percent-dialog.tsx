import { Checkbox, InputNumber, Modal, Segmented } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { type PercentChange, ROUNDINGS, type Rounding } from "./change";

interface PercentDialogProps {
  count: number;
  onApply: (change: PercentChange) => void;
  onClose: () => void;
}

/** Prices of the chosen rows up or down by percent, rounded as the price tag wants it. */
export function PercentDialog({ count, onApply, onClose }: PercentDialogProps) {
  const { t } = useTranslation(["prices", "common"]);
  const [percent, setPercent] = useState<string | null>(null);
  const [rounding, setRounding] = useState<Rounding>("0.01");
  const [withBreaks, setWithBreaks] = useState(true);
  const isReady = percent !== null && percent !== "" && Number(percent) > -100 && Number(percent) !== 0;
  return (
    <Modal
      open
      title={t("sheet.percent.title", { count })}
      okText={t("sheet.percent.apply")}
      cancelText={t("common:action.back")}
      okButtonProps={{ disabled: !isReady }}
      onOk={() => percent !== null && onApply({ percent, rounding, withBreaks })}
      onCancel={onClose}
    >
      <div className="stack">
        <label className="field">
          <span>{t("sheet.percent.label")}</span>
          <InputNumber<string>
            autoFocus
            stringMode
            precision={2}
            min="-99.99"
            max="1000"
            suffix="%"
            style={{ width: 180 }}
            value={percent}
            onChange={setPercent}
            onPressEnter={() => isReady && percent !== null && onApply({ percent, rounding, withBreaks })}
          />
        </label>
        <p className="quiet">{t("sheet.percent.hint")}</p>
        <div className="field">
          <span id="percent-rounding">{t("sheet.percent.rounding")}</span>
          <Segmented<Rounding>
            aria-labelledby="percent-rounding"
            value={rounding}
            onChange={setRounding}
            options={ROUNDINGS.map((value) => ({
              value,
              label: t(`sheet.percent.to.${value.replace(".", "_") as "0_01"}`),
            }))}
          />
        </div>
        <Checkbox checked={withBreaks} onChange={({ target }) => setWithBreaks(target.checked)}>
          {t("sheet.percent.breaks")}
        </Checkbox>
      </div>
    </Modal>
  );
}
