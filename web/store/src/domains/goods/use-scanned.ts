import Taro from "@tarojs/taro";
import { useCallback } from "react";
import { useTranslation } from "react-i18next";
import { scanBarcode } from "@/gen/catalog/catalog";
import { open } from "@/navigation";
import { wordsOf } from "@/ui/refused";

/** Opens the goods that a read code names; says so where the buyer's range has none. */
export function useScanned(): (code: string) => void {
  const { t } = useTranslation("store-find");
  return useCallback(
    async (code: string) => {
      try {
        const { product, unit } = await scanBarcode(code);
        const sku =
          product.skus.find((one) =>
            one.units.some((factor) => factor.unit === unit && factor.barcode === code),
          ) ??
          product.skus.find((one) => one.units.some((factor) => factor.barcode === code)) ??
          product.skus[0];
        if (sku) await open("product", { code: sku.code });
      } catch (error) {
        const { title, problem } = wordsOf(error);
        const isUnknown = problem.status === 404 || problem.status === 422;
        void Taro.showToast({
          title: isUnknown ? t("scan.unknown", { code }) : title,
          icon: "none",
          duration: 4000,
        });
      }
    },
    [t],
  );
}
