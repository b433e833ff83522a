// One API document, one output per app. The mutator is the only difference between them.
const app = (dir: string) => ({
  input: { target: process.env.HUILIU_OPENAPI ?? "../docs/reference/openapi.json" },
  output: {
    target: `${dir}/src/gen/endpoints.ts`,
    schemas: `${dir}/src/gen/model`,
    mode: "tags-split",
    client: "react-query",
    httpClient: "axios",
    clean: true,
    override: {
      mutator: { path: `${dir}/src/http.ts`, name: "http" },
      query: { signal: true, version: 5 },
      enumGenerationType: "union",
    },
  },
});

export default { console: app("console"), store: app("store") };
