import type { Compiler } from "webpack";
import { sources } from "webpack";

/** Writes `pages.json`: which files each page needs beside those of the start. What `npm run size` adds up. */
export class PageFiles {
  apply(compiler: Compiler): void {
    compiler.hooks.thisCompilation.tap("PageFiles", (compilation) => {
      compilation.hooks.afterProcessAssets.tap("PageFiles", () => {
        const pages: Record<string, string[]> = {};
        for (const group of compilation.chunkGroups)
          for (const { request } of group.origins) {
            const page = /((?:pages|packages)\/[\w/-]+\/index)/.exec(request ?? "")?.[1];
            if (page) pages[page] = group.getFiles().filter((name) => /\.(js|css)$/.test(name));
          }
        const start = [...(compilation.entrypoints.get("app")?.getFiles() ?? [])];
        compilation.emitAsset("pages.json", new sources.RawSource(JSON.stringify({ start, pages }, null, 1)));
      });
    });
  }
}
