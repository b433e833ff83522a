import type { QueryClient } from "@tanstack/react-query";
import { watchConnection } from "./connection";
import { persistReads } from "./persist";
import { startPhotos } from "./photos";
import { watchVersion } from "./version";
import { startOutbox } from "./wiring";

/** Readable without a network, sent when there is one. Once, when the app starts. */
export function startOffline(queries: QueryClient): void {
  persistReads(queries);
  watchConnection(queries);
  startOutbox(queries);
  startPhotos();
  watchVersion();
}
