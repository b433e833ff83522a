import "./app.scss"; // first: every other sheet may say otherwise
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { useDidShow } from "@tarojs/taro";
import type { PropsWithChildren } from "react";
import { startLive } from "./domains/live/start";
import { OfflineBar } from "./domains/offline/offline-bar";
import { startOffline } from "./domains/offline/start";
import { refusalsSpeak, speakChosen } from "./i18n/setup";
import { FrameNote } from "./ui/frame-note";

/** Reads are tried again by `http`, which knows when that makes sense; nothing here asks the browser whether it is online. */
const queries = new QueryClient({
  defaultOptions: {
    queries: { networkMode: "always", retry: false, refetchOnWindowFocus: false, staleTime: 15_000 },
    mutations: { networkMode: "always", retry: false },
  },
});

const STANDS_MS = 2_500;

void speakChosen();
setTimeout(() => void refusalsSpeak(), STANDS_MS); // once the first page stands
startOffline(queries);
startLive(queries);

const note = <OfflineBar />;

export default function App({ children }: PropsWithChildren) {
  // Back in front after a while: what is on the screen is asked for again.
  useDidShow(() => void queries.invalidateQueries());
  return (
    <QueryClientProvider client={queries}>
      <FrameNote.Provider value={note}>{children}</FrameNote.Provider>
    </QueryClientProvider>
  );
}
