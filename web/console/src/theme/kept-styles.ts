import { createCache } from "@ant-design/cssinjs";

/**
 * Styles of antd that stay once they were made. As it comes, the last table of a page takes its styles with it and
 * the next page's table writes them anew: a third of what a change of route computes.
 */
export function keptStyles(): ReturnType<typeof createCache> {
  const cache = createCache();
  const update = cache.opUpdate.bind(cache);
  cache.opUpdate = (key, change) => {
    const isNew = cache.opGet(key) === null;
    update(key, (before) => {
      const after = change(before);
      // A user more than there are: the count never falls to nothing.
      return isNew && after ? [after[0] + 1, after[1]] : after;
    });
  };
  return cache;
}
