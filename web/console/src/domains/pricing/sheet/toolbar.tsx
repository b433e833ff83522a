import {
  ArrowDownOutlined,
  DeleteOutlined,
  PercentageOutlined,
  RedoOutlined,
  SaveOutlined,
  SearchOutlined,
  SwapOutlined,
  UndoOutlined,
} from "@ant-design/icons";
import { Button, Dropdown, Input, Segmented, Tooltip } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { UnitKind } from "./change";
import type { SheetState } from "./store";
import type { Filter, Only } from "./use-shown";

const UNIT_KINDS: readonly UnitKind[] = ["order", "base"];

interface ToolbarProps {
  state: SheetState;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  isEditable: boolean;
  isBusy: boolean;
  changed: number;
  onUndo: () => void;
  onRedo: () => void;
  onFill: () => void;
  onPercent: () => void;
  onUnit: (kind: UnitKind) => void;
  onRemove: () => void;
  onSave: () => void;
  files: ReactNode;
}

function Tool({
  title,
  icon,
  onClick,
  disabled = false,
}: {
  title: string;
  icon: ReactNode;
  onClick: () => void;
  disabled?: boolean;
}) {
  return (
    <Tooltip title={title}>
      <Button aria-label={title} icon={icon} disabled={disabled} onClick={onClick} />
    </Tooltip>
  );
}

/** What can be done with the rows, and which of them are shown. */
export function Toolbar(props: ToolbarProps) {
  const { state, filter, onFilter, isEditable, isBusy, changed, files } = props;
  const { t } = useTranslation("prices");
  const kinds: Only[] = isEditable ? ["all", "changed", "faulty"] : ["all"];
  return (
    <div className="psheet-tools">
      <Input
        allowClear
        className="psheet-search"
        prefix={<SearchOutlined aria-hidden />}
        placeholder={t("sheet.search")}
        aria-label={t("sheet.search")}
        value={filter.text}
        onChange={({ target }) => onFilter({ ...filter, text: target.value })}
      />
      {kinds.length > 1 && (
        <Segmented<Only>
          aria-label={t("sheet.only.label")}
          value={filter.only}
          onChange={(only) => onFilter({ ...filter, only })}
          options={kinds.map((value) => ({ value, label: t(`sheet.only.${value}`) }))}
        />
      )}
      {isEditable && (
        <div className="psheet-tool-group">
          <Tool
            title={t("sheet.tool.undo")}
            icon={<UndoOutlined />}
            disabled={!state.canUndo}
            onClick={props.onUndo}
          />
          <Tool
            title={t("sheet.tool.redo")}
            icon={<RedoOutlined />}
            disabled={!state.canRedo}
            onClick={props.onRedo}
          />
          <Tool title={t("sheet.tool.fill")} icon={<ArrowDownOutlined />} onClick={props.onFill} />
          <Tool title={t("sheet.tool.percent")} icon={<PercentageOutlined />} onClick={props.onPercent} />
          <Dropdown
            trigger={["click"]}
            menu={{
              items: UNIT_KINDS.map((key) => ({ key, label: t(`sheet.unit.${key}`) })),
              onClick: ({ key }) => props.onUnit(key === "base" ? "base" : "order"),
            }}
          >
            <Button
              aria-label={t("sheet.unit.title")}
              icon={<SwapOutlined />}
              title={t("sheet.unit.title")}
            />
          </Dropdown>
          <Tool title={t("sheet.tool.remove")} icon={<DeleteOutlined />} onClick={props.onRemove} />
        </div>
      )}
      <div className="psheet-tools-end">
        {files}
        {isEditable && (
          <Button
            type="primary"
            icon={<SaveOutlined />}
            loading={isBusy}
            disabled={changed === 0}
            onClick={props.onSave}
          >
            {t("sheet.tool.save")}
          </Button>
        )}
      </div>
    </div>
  );
}
