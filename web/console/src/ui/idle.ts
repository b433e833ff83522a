const LATEST_MS = 1_500;

/** Until the browser has nothing better to do; at the latest after a moment. Safari has no idle callback. */
export const idle = (): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === "function")
      requestIdleCallback(() => resolve(), { timeout: LATEST_MS });
    else setTimeout(resolve, 1);
  });
