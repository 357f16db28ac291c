import { logDestinations } from "../../../constructs/app/log-destination.ts";
import { anAppContext } from "../../support/app-context.ts";
import { changed } from "../../support/environments.ts";

type Destination = NonNullable<ReturnType<typeof changed>["logs"]["destination"]>;

const of = (destination: Destination) =>
  logDestinations(
    anAppContext(changed((draft) => Object.assign(draft.logs, { destination }))),
    "api",
  );

test("Better Stack takes a token", () => {
  expect(of({ kind: "better-stack" })).toEqual([
    { name: "better-stack", logtail: { token: "supplied BETTER_STACK_TOKEN of api" } },
  ]);
});

test("Datadog takes the intake of the account's site and a key", () => {
  const endpoint = "https://http-intake.logs.datadoghq.eu";

  expect(of({ kind: "datadog", endpoint })).toEqual([
    { name: "datadog", datadog: { endpoint, apiKey: "supplied DATADOG_API_KEY of api" } },
  ]);
});

test("Papertrail takes an address and no secret", () => {
  const endpoint = "logs7.papertrailapp.com:12345";

  expect(of({ kind: "papertrail", endpoint })).toEqual([
    { name: "papertrail", papertrail: { endpoint } },
  ]);
});

test("OpenSearch takes an address, an index and a user with a password", () => {
  const endpoint = "https://logs.northlight.example:9200";

  expect(of({ kind: "opensearch", endpoint, index: "mam", user: "writer" })).toEqual([
    {
      name: "opensearch",
      openSearch: {
        endpoint,
        indexName: "mam",
        basicAuth: { user: "writer", password: "supplied OPENSEARCH_PASSWORD of api" },
      },
    },
  ]);
});

test("no destination is none", () => {
  const noneReason = "Accepted until the load test of the coming quarter.";

  expect(of({ kind: "none", noneReason })).toEqual([]);
});
