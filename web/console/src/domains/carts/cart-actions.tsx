import { DownOutlined } from "@ant-design/icons";
import { uuid7 } from "@shared/ids";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { App, Button, Dropdown, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import {
  getListCartsQueryKey,
  useCreateCart,
  useListCarts,
  useMergeCarts,
  useRemoveCart,
  useUpdateCart,
} from "@/gen/carts/carts";
import type { CartOut } from "@/gen/model";
import { Refusal } from "@/ui/refusal";
import { useCartName } from "./cart-name";
import { useTakeCart } from "./use-cart";

type Question = "name" | "another" | "merge" | "remove";

/** A name asked for: of this cart, or of another one for the same two sides. */
function NameDialog({ cart, isNew, onClose }: { cart: CartOut; isNew: boolean; onClose: () => void }) {
  const { t } = useTranslation("carts");
  const take = useTakeCart();
  const navigate = useNavigate();
  const [id] = useState(() => uuid7());
  const [name, setName] = useState(isNew ? "" : cart.name);
  const done = {
    onSuccess: (next: CartOut) => {
      take(next);
      onClose();
    },
  };
  const update = useUpdateCart({ mutation: done });
  const create = useCreateCart({
    mutation: {
      onSuccess: (next) => {
        take(next);
        onClose();
        void navigate({ to: "/carts/$cartId", params: { cartId: next.id } });
      },
    },
  });
  const save = () =>
    isNew
      ? create.mutate({ data: { id, name: name.trim(), buyer_id: cart.buyer_id, seller_id: cart.seller_id } })
      : update.mutate({
          cartId: cart.id,
          data: { name: name.trim(), note: cart.note, version: cart.version },
        });
  return (
    <Modal
      open
      title={t(isNew ? "cart.another" : "cart.rename")}
      okText={t("cart.save")}
      okButtonProps={{ disabled: isNew && !name.trim(), loading: update.isPending || create.isPending }}
      onOk={save}
      onCancel={onClose}
    >
      <div className="stack">
        <label className="field">
          <span>{t("cart.name")}</span>
          <Input
            autoFocus
            maxLength={100}
            value={name}
            onChange={(event) => setName(event.target.value)}
            onPressEnter={() => (name.trim() || !isNew) && save()}
          />
        </label>
        <Refusal of={update.error ?? create.error} />
      </div>
    </Modal>
  );
}

function MergeDialog({ cart, onClose }: { cart: CartOut; onClose: () => void }) {
  const { t } = useTranslation("carts");
  const take = useTakeCart();
  const nameOf = useCartName();
  const [from, setFrom] = useState<string>();
  const others = useListCarts({ buyer_id: cart.buyer_id, seller_id: cart.seller_id, state: "OPEN" });
  const options = (others.data?.items ?? [])
    .filter((one) => one.id !== cart.id && one.line_count > 0)
    .map((one) => ({
      value: one.id,
      label: t("cart.lines_of", { name: nameOf(one), count: one.line_count }),
    }));
  const merge = useMergeCarts({
    mutation: {
      onSuccess: (next) => {
        take(next);
        onClose();
      },
    },
  });
  return (
    <Modal
      open
      title={t("cart.merge")}
      okText={t("cart.merge_go")}
      okButtonProps={{ disabled: !from, loading: merge.isPending }}
      onOk={() => from && merge.mutate({ cartId: cart.id, data: { from_cart_id: from } })}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t(options.length ? "cart.merge_explained" : "cart.merge_none")}</p>
        {options.length > 0 && (
          <Select value={from} options={options} aria-label={t("cart.merge_from")} onChange={setFrom} />
        )}
        <Refusal of={merge.error} />
      </div>
    </Modal>
  );
}

function RemoveDialog({ cart, onClose }: { cart: CartOut; onClose: () => void }) {
  const { t } = useTranslation("carts");
  const { message } = App.useApp();
  const queries = useQueryClient();
  const navigate = useNavigate();
  const remove = useRemoveCart({
    mutation: {
      onSuccess: () => {
        void message.success(t("cart.removed"));
        void navigate({ to: "/carts" });
        void queries.invalidateQueries({ queryKey: getListCartsQueryKey() });
      },
    },
  });
  return (
    <Modal
      open
      title={t("cart.remove")}
      okText={t("cart.remove_go")}
      okButtonProps={{ danger: true, loading: remove.isPending }}
      onOk={() => remove.mutate({ cartId: cart.id })}
      onCancel={onClose}
    >
      <div className="stack">
        <p>{t("cart.remove_explained", { count: cart.line_count })}</p>
        <Refusal of={remove.error} />
      </div>
    </Modal>
  );
}

/** What can be done with the cart itself. */
export function CartActions({ of: cart }: { of: CartOut }) {
  const { t } = useTranslation(["carts", "common"]);
  const [asked, setAsked] = useState<Question | null>(null);
  const close = () => setAsked(null);
  const items = [
    { key: "name", label: t("cart.rename") },
    { key: "another", label: t("cart.another") },
    { key: "merge", label: t("cart.merge") },
    { key: "remove", label: t("cart.remove"), danger: true },
  ];
  return (
    <>
      <Dropdown trigger={["click"]} menu={{ items, onClick: ({ key }) => setAsked(key as Question) }}>
        <Button icon={<DownOutlined />} iconPlacement="end">
          {t("common:action.more")}
        </Button>
      </Dropdown>
      {(asked === "name" || asked === "another") && (
        <NameDialog cart={cart} isNew={asked === "another"} onClose={close} />
      )}
      {asked === "merge" && <MergeDialog cart={cart} onClose={close} />}
      {asked === "remove" && <RemoveDialog cart={cart} onClose={close} />}
    </>
  );
}
