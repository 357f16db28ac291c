import { checkEnvironment } from "../../../environments/loading/check.ts";
import { environments } from "../../../environments/index.ts";
import { changed } from "../../support/environments.ts";

const reason = "Accepted until the load test of the coming quarter.";

const weakenings: [string, Parameters<typeof changed>[0]][] = [
  [
    "one instance of a public service",
    ({ services }) => (services.api.instances = { count: 1, singleInstanceReason: reason }),
  ],
  [
    "one database node",
    ({ database }) => Object.assign(database, { nodes: 1, singleNodeReason: reason }),
  ],
  ["one cache node", ({ cache }) => Object.assign(cache, { nodes: 1, singleNodeReason: reason })],
  [
    "masters without versions",
    ({ storage }) =>
      (storage.masters = {
        versioning: false,
        versioningReason: reason,
        unlockedReason: reason,
      }),
  ],
  [
    "originals and dumps that an administrator can delete",
    ({ storage }) => {
      storage.masters = { unlockedReason: reason };
      storage.backups = { unlockedReason: reason };
    },
  ],
  [
    "a CDN before private media",
    ({ services }) => (services.edgeCache = { enabled: true, enabledReason: reason }),
  ],
  ["no log service", ({ logs }) => (logs.destination = { kind: "none", noneReason: reason })],
  ["no alerts", (draft) => (draft.alerting = { recipients: [], mutedReason: reason })],
];

test.each(weakenings)("%s is accepted with a written reason", (_, change) => {
  expect(checkEnvironment("production", "the file", changed(change)).findings).toEqual([]);
});

test("a reason of a few words is none", () => {
  const input = changed(({ cache }) =>
    Object.assign(cache, { nodes: 1, singleNodeReason: "cheap" }),
  );

  expect(checkEnvironment("production", "the file", input).findings).toMatchObject([
    { path: "cache.singleNodeReason", expected: "at least 20 characters" },
  ]);
});

test("every environment of the project is valid", () => {
  const findings = Object.entries(environments).flatMap(
    ([name, input]) => checkEnvironment(name, name, input).findings,
  );

  expect(findings).toEqual([]);
});
