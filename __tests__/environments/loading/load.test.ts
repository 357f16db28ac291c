import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { environments } from "../../../environments/index.ts";
import {
  type Environment,
  InvalidEnvironments,
  loadEnvironments,
} from "../../../environments/loading/load.ts";
import type { EnvironmentInput } from "../../../environments/schema/environment.ts";
import { staging } from "../../../environments/staging.ts";
import { changed, release } from "../../support/environments.ts";

const sealed = {
  app: "4f6c71e2-1e90-4762-9fee-6cc4a0a9f2cf",
  components: {
    api: { JWT_SECRET_A: { fingerprint: "a".repeat(64), ciphertext: "EV[1:bm9uY2U=:Y2lwaGVy]" } },
  },
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mam-infra-"));
  write("production.release.json", release);
  write("staging.release.json", release);
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const write = (file: string, content: unknown) => {
  const text = typeof content === "string" ? content : JSON.stringify(content);
  writeFileSync(join(directory, file), text);
};

const load = (inputs: Record<string, unknown> = environments, only?: string) =>
  loadEnvironments({ inputs, only, directory });

const findingsOf = (attempt: () => Environment[]) => {
  try {
    attempt();
  } catch (error) {
    if (error instanceof InvalidEnvironments) return error.findings;
    throw error;
  }
  return [];
};

test("loads every environment with its release", () => {
  expect(load().map(({ config, release: { images } }) => [config.name, images.api])).toEqual([
    ["production", release.images.api],
    ["staging", release.images.api],
  ]);
});

test("loads sealed secrets where there are some", () => {
  write("staging.sealed.json", sealed);

  expect(load().map((environment) => environment.sealed)).toEqual([undefined, sealed]);
});

test("an environment without a rotation file has everything in slot A, and nothing under way", () => {
  for (const state of Object.values(load()[0]!.rotation)) expect(state).toEqual({ active: "A" });
});

test("a rotation file says what it changes, and nothing about the rest", () => {
  write("staging.rotation.json", { "jwt-secret": { active: "B" } });

  expect(load(environments, "staging")[0]!.rotation).toMatchObject({
    "jwt-secret": { active: "B" },
    "cookie-secret": { active: "A" },
  });
});

test.each([
  ["a secret that has no slots", { "wasabi-key": { active: "B" } }],
  ["a third slot", { "jwt-secret": { active: "C" } }],
  [
    "a rotation that waits for an unknown time",
    { "jwt-secret": { active: "B", rotation: { stage: "wait", begun: "2026-11-24T10:00:00Z" } } },
  ],
])("a rotation file with %s is a finding", (_what, content) => {
  write("staging.rotation.json", content);

  expect(findingsOf(load)).toMatchObject([{ file: join(directory, "staging.rotation.json") }]);
});

test("an unknown name lists the known ones and loads nothing", () => {
  expect(findingsOf(() => load(environments, "prod"))).toEqual([
    {
      file: "environment",
      path: "name",
      value: '"prod"',
      expected: "one of production, staging",
      fix: "name one of them, or add environments/prod.ts to environments/index.ts",
    },
  ]);
});

test("a name of JavaScript's own objects is as unknown as any other", () => {
  expect(findingsOf(() => load(environments, "constructor"))).toHaveLength(1);
});

test("a missing release file is a finding", () => {
  rmSync(join(directory, "staging.release.json"));

  expect(findingsOf(load)).toMatchObject([
    { file: join(directory, "staging.release.json"), value: "missing" },
  ]);
});

test("a release by tag is a finding: only digests are released", () => {
  write("staging.release.json", { images: { ...release.images, edge: "v1.2.3" } });

  expect(findingsOf(load)).toMatchObject([
    {
      path: "images.edge",
      value: '"v1.2.3"',
      expected: "text that matches /^sha256:[0-9a-f]{64}$/",
    },
  ]);
});

test("a release file that is no JSON is a finding", () => {
  write("staging.release.json", "{ images: ");

  expect(findingsOf(load)).toMatchObject([{ path: "", value: "not JSON from there on" }]);
});

test("a sealed file that contains plaintext is a finding, which does not repeat it", () => {
  write("staging.sealed.json", {
    ...sealed,
    components: { api: { JWT_SECRET_A: { fingerprint: "a".repeat(64), ciphertext: "hunter2" } } },
  });

  const findings = findingsOf(load);
  expect(findings).toMatchObject([{ path: "components.api.JWT_SECRET_A.ciphertext" }]);
  expect(JSON.stringify(findings)).not.toContain("hunter2");
});

test("two environments cannot share a VPC range, buckets or hosts", () => {
  const inputs = {
    production: environments.production,
    staging: changed((draft) => {
      draft.network.vpcCidr = "10.120.8.0/21";
      draft.storage.bucketPrefix = "northlight-mam-production";
      draft.domain.zone = "northlight.example";
      draft.domain.appHost = "mam.northlight.example";
    }, staging),
  };

  expect(findingsOf(() => load(inputs)).map(({ file, path }) => `${file}: ${path}`)).toEqual([
    "environments/staging.ts: network.vpcCidr",
    "environments/staging.ts: storage.bucketPrefix",
    "environments/staging.ts: domain.appHost",
    "environments/staging.ts: domain.zone",
  ]);
});

test("the states of staging do not lie in production's bucket", () => {
  const shared = changed(
    (draft) => (draft.state.backend = { kind: "spaces", bucket: "northlight-mam-terraform-state" }),
    staging,
  );

  expect(findingsOf(() => load({ production: environments.production, staging: shared }))).toEqual([
    {
      file: "environments/staging.ts",
      path: "state.backend.bucket",
      value: '"northlight-mam-terraform-state"',
      expected:
        "other than in production: states hold secrets in clear, and whoever may read the states of one tier must not read the other's",
      fix: 'set state.backend.bucket: "northlight-mam-terraform-state-staging"; for states that stand, first move them as docs/state.md says',
    },
  ]);
});

test("environments of one tier may share a state bucket", () => {
  const second = changed((draft) => {
    draft.name = "second";
    draft.network.vpcCidr = "10.122.0.0/20";
    draft.storage.bucketPrefix = "northlight-mam-second";
    draft.domain = {
      zone: "second.northlight.example",
      zoneManagedBy: "digitalocean",
      appHost: "mam.second.northlight.example",
      mediaHost: "media.second.northlight.example",
    };
  }, staging);
  write("second.release.json", release);

  expect(load({ staging, second }).map(({ config }) => config.name)).toEqual(["staging", "second"]);
});

const { production } = environments as Readonly<Record<"production", EnvironmentInput>>;

/** A zone that neither of them creates: only the hosts in it clash. */
const { zone, appHost, mediaHost } = production.domain;
const sameZone = { zone, appHost, mediaHost, zoneManagedBy: "elsewhere" } as const;

/** Ways in which a second environment may get into the first one's way, whose file is told, and with which words. */
const clashes: readonly [
  path: string,
  (draft: Parameters<Parameters<typeof changed>[0]>[0]) => unknown,
  why: string,
  fix: string,
][] = [
  [
    "network.vpcCidr",
    (draft) => (draft.network.vpcCidr = "10.120.8.0/21"),
    "DigitalOcean refuses overlapping VPCs in one account",
    "choose another range, such as 10.121.0.0/20",
  ],
  [
    "storage.bucketPrefix",
    (draft) => (draft.storage.bucketPrefix = production.storage.bucketPrefix),
    "one environment would write into the other's buckets",
    "end the prefix with the environment's name",
  ],
  [
    "domain.appHost",
    (draft) => (draft.domain = { ...sameZone, mediaHost: "m.northlight.example" }),
    "App Platform gives a host to one app only",
    "put the environment's name into the host",
  ],
  [
    "domain.mediaHost",
    (draft) => (draft.domain = { ...sameZone, appHost: "a.northlight.example" }),
    "App Platform gives a host to one app only",
    "put the environment's name into the host",
  ],
  [
    "domain.zone",
    (draft) => (draft.domain.zone = production.domain.zone),
    "a zone is created by one environment only",
    'give this environment a zone of its own, or set domain.zoneManagedBy: "elsewhere"',
  ],
  [
    "state.backend.bucket",
    (draft) => (draft.state.backend = production.state.backend),
    "states hold secrets in clear, and whoever may read the states of one tier must not read the other's",
    'set state.backend.bucket: "northlight-mam-terraform-state-staging"; for states that stand, first move them as docs/state.md says',
  ],
  [
    "state.adopted.buckets",
    (draft) => (draft.state.adopted = { buckets: { masters: "northlight-old-masters" } }),
    "one environment would write into the other's buckets",
    "leave the bucket to the environment whose media it holds",
  ],
  [
    "database.cluster",
    (draft) => (draft.database.cluster = "db-postgresql-nyc1-4"),
    "both would deploy over the same database",
    "remove the name here: what is made anew gets a name of its own",
  ],
  [
    "state.adopted",
    (draft) => (draft.state.adopted = { app: "northlight-old" }),
    "both would deploy over the same app, network or databases",
    "remove the name here: what is made anew gets a name of its own",
  ],
];

/** What both say to have been made by hand, so that either may clash with the other. */
const adopting = (input: EnvironmentInput) =>
  changed((draft) => {
    draft.database.cluster = "db-postgresql-nyc1-4";
    draft.state.adopted = {
      app: "northlight-old",
      buckets: { masters: "northlight-old-masters" },
    };
  }, input);

describe.each(["production", "staging"])("whoever works on %s alone", (only) => {
  test.each(clashes)("is told of a shared %s", (path, change, why, fix) => {
    const inputs = { production: adopting(production), staging: changed(change, staging) };

    expect(findingsOf(() => load(inputs, only))).toMatchObject([
      {
        file: "environments/staging.ts",
        path,
        expected: `other than in production: ${why}`,
        fix,
      },
    ]);
  });
});

test("a clash is seen although the other environment has a mistake elsewhere, which is not told", () => {
  const other = changed((draft) => {
    draft.network.vpcCidr = "10.120.8.0/21";
    draft.services.api.instances = 0.5 as never;
    Object.assign(draft.network, { colour: "green" });
  }, staging);

  expect(findingsOf(() => load({ production, staging: other }, "production"))).toMatchObject([
    { file: "environments/staging.ts", path: "network.vpcCidr" },
  ]);
});

test("what two other environments share is told where one of them is worked on", () => {
  const twin = changed((draft) => {
    draft.name = "twin";
  }, staging);
  const inputs = { production, staging, twin };

  expect(load(inputs, "production").map(({ config }) => config.name)).toEqual(["production"]);
  expect(findingsOf(() => load(inputs, "staging"))).toContainEqual(
    expect.objectContaining({ file: "environments/twin.ts", path: "network.vpcCidr" }),
  );
  expect(findingsOf(() => load(inputs))).toContainEqual(
    expect.objectContaining({ file: "environments/twin.ts", path: "network.vpcCidr" }),
  );
});

test("of an environment that is not worked on only what is compared is read", () => {
  const read = new Set<string>();
  const watched = (value: object, path: string): object =>
    new Proxy(value, {
      get: (target, key) => {
        const field = [path, String(key)].filter(Boolean).join(".");
        const inner: unknown = Reflect.get(target, key);
        if (typeof key === "string" && Object.hasOwn(target, key)) read.add(field);
        return typeof inner === "object" && inner !== null ? watched(inner, field) : inner;
      },
    });

  load({ production, staging: watched(staging, "") }, "production");

  const sections = [...read].map((field) => field.split(".")[0]);
  expect([...new Set(sections)].toSorted()).toEqual([
    "database",
    "domain",
    "network",
    "state",
    "storage",
    "tier",
  ]);
});

test("an environment registered under another name is a finding", () => {
  expect(findingsOf(() => load({ production: { ...staging } }))).toMatchObject([
    { file: "environments/production.ts", path: "name", value: '"staging"' },
  ]);
});
