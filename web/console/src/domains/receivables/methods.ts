import type { Method } from "@/gen/model";

export const METHODS = ["BANK", "WECHAT", "ALIPAY", "CASH", "BILL"] as const satisfies readonly Method[];
