import { createContext, type ReactNode } from "react";

/** What stands under the title of every page when there is something to say; the app hands it in. */
export const FrameNote = createContext<ReactNode>(null);
