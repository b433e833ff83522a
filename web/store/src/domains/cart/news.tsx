import { money } from "@shared/money";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";
import { acknowledgeCart } from "@/gen/carts/carts";
import type { CartOut } from "@/gen/model";
import { asProblem } from "@/problem";
import { Action } from "@/ui/action";
import { Refused } from "@/ui/refused";
import { useFormat } from "@/ui/use-format";
import { CART_KEY } from "./use-cart";
import "./news.scss";

/** Prices that changed since somebody looked: how much it is about, and one press that one has seen it. */
export function News({ of: cart }: { of: CartOut }) {
  const { t } = useTranslation("store-cart");
  const format = useFormat();
  const queries = useQueryClient();
  const accept = useMutation({
    mutationFn: () => acknowledgeCart(cart.id, { digest: cart.digest }),
    onSuccess: (next) => queries.setQueryData(CART_KEY, next),
    onError: (error) => {
      if (asProblem(error).status === 409) void queries.invalidateQueries({ queryKey: CART_KEY });
    },
  });
  if (!cart.news) return null;
  const { lines, difference, since } = cart.news;
  const isLess = difference.startsWith("-");
  return (
    <section className="news" role="status">
      <p className="news-title">{t("news.title", { count: lines, at: format.spoken(since) })}</p>
      <p>
        {t(isLess ? "news.less" : "news.more", {
          amount: money(isLess ? difference.slice(1) : difference, cart.currency),
        })}
      </p>
      {accept.error && <Refused error={accept.error} />}
      <Action kind="plain" isBusy={accept.isPending} onClick={() => accept.mutate()}>
        {t("news.accept")}
      </Action>
    </section>
  );
}
