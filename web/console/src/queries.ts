import { QueryClient } from "@tanstack/react-query";
import { asProblem } from "./problem";

/** The one place server state lives. Refusals are answers: they are shown, not asked for again. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => asProblem(error).status >= 500 && count < 1,
      refetchOnWindowFocus: true,
    },
    mutations: { retry: false },
  },
});
