// Run by the console's vitest (`npm test` there): the store's rules are tested without a browser.
const here = (path) => new URL(path, import.meta.url).pathname;

export default {
  resolve: { alias: { "@shared": here("../shared"), "@": here("src") } },
  test: { globals: true, include: ["src/**/*.test.ts"] },
};
