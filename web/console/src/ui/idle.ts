/** Until the browser has nothing better to do, at the latest after `latestMs`. Safari has no idle callback. */
export const idle = (latestMs = 1_500): Promise<void> =>
  new Promise((resolve) => {
    if (typeof requestIdleCallback === "function")
      requestIdleCallback(() => resolve(), { timeout: latestMs });
    else setTimeout(resolve, 1);
  });
