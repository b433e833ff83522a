import { useNavigate } from "@tanstack/react-router";
import { App } from "antd";
import { useTranslation } from "react-i18next";
import { useReorderOrder } from "@/gen/carts/carts";
import { wordsOf } from "@/ui/refusal";

/** Puts the goods of a past order into the cart again and opens it; what can no longer be had is named. */
export function useReorder() {
  const { t } = useTranslation("orders");
  const { message, modal } = App.useApp();
  const navigate = useNavigate();
  return useReorderOrder({
    mutation: {
      onSuccess: ({ added, cart, left_out }) => {
        void message.success(t("reorder.done", { count: added }));
        if (left_out.length > 0) {
          modal.warning({
            title: t("reorder.left_out", { count: left_out.length }),
            content: (
              <ul className="words">
                {left_out.map((line) => (
                  <li key={line.line_no}>
                    {line.sku_name} {line.quantity}
                    {line.unit}
                    {t("reorder.because")}
                    {wordsOf({ ...EMPTY, code: line.problem.code, title: line.problem.detail }).title}
                  </li>
                ))}
              </ul>
            ),
          });
        }
        void navigate({ to: "/carts/$cartId", params: { cartId: cart.id } });
      },
      onError: (problem) => {
        const { title, remedy } = wordsOf(problem);
        void message.error([title, remedy].filter(Boolean).join(" "), 8);
      },
    },
  });
}

const EMPTY = {
  type: "",
  code: "",
  title: "",
  status: 409,
  detail: "",
  remedy: "",
  facts: {},
  fields: [],
  reference: "",
};
