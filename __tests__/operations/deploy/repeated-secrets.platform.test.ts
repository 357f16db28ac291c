import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { execa } from "execa";

import { currentObject } from "@mam-infra/cloud/s3/versions";
import { secretsInText } from "../../../rehearsal/harness/secret-scan.ts";
import { type TestPlatform, openPlatform } from "../../support/platform.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openPlatform("staging");
});

afterEach(() => {
  platform.cloud.faults.clear();
});

afterAll(() => platform.end());

const mam = async (...args: string[]) => {
  const variables = Object.entries(platform.variables).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return execa("node", ["operations/mam.mjs", ...args], {
    env: Object.fromEntries(variables),
    extendEnv: false,
    reject: false,
  });
};

/** Every secret that somebody in this play has made. */
const known = () => {
  const { credentials, wasabi, digitalOcean } = platform.cloud;
  const { digitalOceanToken, supplied, logs } = credentials;
  return [
    { name: "the token", value: digitalOceanToken },
    ...Object.entries({ ...supplied, ...logs }).map(([name, value]) => ({ name, value })),
    ...[...wasabi.account.users.values()].flatMap(({ name, accessKeys }) =>
      [...accessKeys.values()].map((key) => ({ name, value: key.secretAccessKey })),
    ),
    ...digitalOcean.store.databases.flatMap(({ users }) =>
      users.map(({ name, password: value }) => ({ name, value })),
    ),
  ];
};

const ledger = () => {
  const { environment, spaces } = platform.cloud;
  const { state } = environment.config;
  if (state.backend.kind !== "spaces") throw new Error("staging keeps its states in Spaces");
  const bucket = spaces.store.buckets.get(state.backend.bucket)!;
  return currentObject(bucket, "staging.ledger.json")!.body.toString("utf8");
};

const filesOf = (directory: string) =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));

test("a refusal that repeats the request leaks no secret that was just made, on standard error or in the history", async () => {
  platform.cloud.faults.add({
    platform: "digitalocean",
    method: "POST",
    path: "^/v2/apps$",
    kind: "request-repeated",
    times: 9,
  });
  const { exitCode, stdout, stderr } = await mam("deploy", "staging", "--yes");

  expect(exitCode).toBe(1);
  expect(stdout).toContain("WASABI_STAGING_SECRET");
  expect(stdout).toContain("(secret)");
  expect(known().length).toBeGreaterThan(12);
  expect(ledger()).toContain("WASABI_STAGING_SECRET");
  for (const [place, text] of [
    ["standard output", stdout],
    ["standard error", stderr],
    ["the ledger", ledger()],
    ...filesOf(platform.workspace.releases).map((file) => ["the release files", file] as const),
  ] as const) {
    expect(secretsInText(text, place, known())).toEqual([]);
  }
}, 120_000);

test("a token that an answer repeats is in no status", async () => {
  const { digitalOceanToken } = platform.cloud.credentials;
  const { store } = platform.cloud.digitalOcean;
  for (const database of store.databases)
    Object.assign(database, { version: `Bearer ${digitalOceanToken}` });
  const { stdout, stderr } = await mam("status", "staging", "--json");

  expect(JSON.stringify(JSON.parse(stdout))).toContain("(secret)");
  expect(secretsInText(`${stdout}${stderr}`, "status", known())).toEqual([]);
}, 60_000);

test.each([
  ["plan", "staging", "--json"],
  ["plan", "staging", "--markdown"],
  ["status", "staging"],
  ["doctor", "staging"],
  ["verify", "staging", "--json"],
  ["secrets", "check", "staging"],
  ["deploy", "staging", "--yes", "--json"],
])(
  "whatever every answer repeats, mam %s %s %s prints none of it",
  async (...args) => {
    platform.cloud.faults.add({
      platform: "digitalocean",
      path: "",
      kind: "request-repeated",
      times: 1000,
    });
    const { stdout, stderr, exitCode } = await mam(...args);

    expect(`${stdout}${stderr}`).toContain("cannot be processed");
    expect(exitCode).toBe(1);
    expect(secretsInText(`${stdout}${stderr}${ledger()}`, args.join(" "), known())).toEqual([]);
    if (args.includes("--json")) expect(JSON.parse(stdout)).toMatchObject({ ok: false });
  },
  60_000,
);
