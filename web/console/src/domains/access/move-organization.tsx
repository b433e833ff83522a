import { useQuery, useQueryClient } from "@tanstack/react-query";
import { App, Button, DatePicker, Input, Modal } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getGetOrganizationQueryOptions,
  getListPlacementsQueryOptions,
  previewMove,
  useMoveOrganization,
} from "@/gen/access/access";
import type { MovedOut } from "@/gen/model";
import { Refusal } from "@/ui/refusal";
import { useFormat } from "@/ui/use-format";
import { MoveEffect } from "./move-effect";
import { OrganizationPicker } from "./organization-picker";
import { PARENT_KINDS } from "./tree-rules";

interface MoveOrganizationProps {
  organizationId: number;
  /** Where it was dropped; asked for when it is not known yet. */
  targetId?: number;
  onClose: () => void;
  onMoved?: (moved: MovedOut) => void;
}

/** Where it stands, where it would stand, and what the move would take along. */
function useMove(organizationId: number, targetId: number | null) {
  const organization = useQuery(getGetOrganizationQueryOptions(organizationId));
  const parentId = organization.data?.parent_id ?? null;
  const parent = useQuery({ ...getGetOrganizationQueryOptions(parentId ?? 0), enabled: parentId !== null });
  const target = useQuery({ ...getGetOrganizationQueryOptions(targetId ?? 0), enabled: targetId !== null });
  const placements = useQuery(getListPlacementsQueryOptions(organizationId));
  const effect = useQuery({
    queryKey: ["move-preview", organizationId, targetId],
    queryFn: () => previewMove(organizationId, { parent_id: targetId ?? 0 }),
    enabled: targetId !== null && targetId !== parentId,
    staleTime: 0,
    retry: false,
  });
  const since = placements.data?.find((one) => one.valid_to === null)?.valid_from ?? "";
  return { organization, parent: parent.data, target: target.data, since, effect, parentId };
}

/** Moves an organization with all below it: asks from which day, shows the effect before, says what happened. */
export function MoveOrganization({ organizationId, targetId, onClose, onMoved }: MoveOrganizationProps) {
  const { t } = useTranslation(["access", "common"]);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const format = useFormat();
  const [parentId, setParentId] = useState<number | null>(targetId ?? null);
  const [day, setDay] = useState(format.today());
  const [reason, setReason] = useState("");
  const {
    organization,
    parent,
    target,
    since,
    effect,
    parentId: present,
  } = useMove(organizationId, parentId);
  const move = useMoveOrganization({
    mutation: {
      onSuccess: (moved) => {
        const words = { name: moved.organization.name, to: target?.name ?? "", day: format.day(day) };
        void message.success(t(moved.pending ? "move.done_pending" : "move.done", words));
        void queries.invalidateQueries();
        onMoved?.(moved);
        onClose();
      },
    },
  });
  const name = organization.data?.name ?? "";
  const isSame = parentId !== null && parentId === present;
  const isReady = effect.data !== undefined && !isSame && reason.trim() !== "" && day !== "";
  return (
    <Modal
      open
      title={t("move.title", { name })}
      onCancel={onClose}
      width={560}
      footer={[
        <Button key="back" onClick={onClose}>
          {t("common:action.back")}
        </Button>,
        <Button
          key="go"
          type="primary"
          disabled={!isReady}
          loading={move.isPending}
          onClick={() =>
            parentId !== null &&
            move.mutate({
              organizationId,
              data: { parent_id: parentId, effective_on: day, reason: reason.trim() },
            })
          }
        >
          {t("move.confirm")}
        </Button>,
      ]}
    >
      <div className="stack">
        <Refusal of={organization.error} />
        <p className="quiet">{t("move.now", { parent: parent?.name ?? t("move.no_parent") })}</p>
        <div className="field">
          <span>{t("move.to")}</span>
          <OrganizationPicker
            label={t("move.to")}
            value={parentId}
            kinds={organization.data && PARENT_KINDS[organization.data.kind]}
            exceptId={organizationId}
            onPick={(picked) => setParentId(picked?.id ?? null)}
          />
          {isSame && <span className="quiet">{t("move.same")}</span>}
        </div>
        <div className="field">
          <span>{t("move.day")}</span>
          <DatePicker
            aria-label={t("move.day")}
            allowClear={false}
            value={dayjs(day)}
            minDate={since ? dayjs(since) : undefined}
            maxDate={dayjs(format.today())}
            onChange={(chosen) => setDay(chosen?.format("YYYY-MM-DD") ?? "")}
          />
          <span className="quiet">
            {since ? t("move.day_hint", { since: format.day(since) }) : t("move.day_hint_open")}
          </span>
        </div>
        {parentId !== null && !isSame && (
          <MoveEffect
            effect={effect.data}
            problem={effect.error}
            name={name}
            from={parent?.name ?? ""}
            to={target?.name ?? ""}
          />
        )}
        <label className="field">
          <span>{t("common:reason.label")}</span>
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 5 }}
            maxLength={500}
            value={reason}
            placeholder={t("move.reason_placeholder")}
            onChange={(event) => setReason(event.target.value)}
          />
        </label>
        <Refusal of={move.error} />
      </div>
    </Modal>
  );
}
