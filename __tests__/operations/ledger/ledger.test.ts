import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { S3Client } from "@aws-sdk/client-s3";

import { type Hcp, createHcp } from "@mam-infra/clients/hcp";
import { createSpaces } from "@mam-infra/clients/spaces";
import { redactorOf } from "../../../operations/context/redaction.ts";
import { fileStore } from "../../../operations/ledger/file-store.ts";
import { hcpStore } from "../../../operations/ledger/hcp-store.ts";
import { lastGood, readLedger, recordEntry } from "../../../operations/ledger/ledger.ts";
import { redactedStore } from "../../../operations/ledger/redacted-store.ts";
import { spacesStore } from "../../../operations/ledger/spaces-store.ts";
import type { LedgerStore } from "../../../operations/ledger/store.ts";
import { startClock } from "@mam-infra/cloud/clock";
import { Faults } from "@mam-infra/cloud/faults";
import { type Hcp as HcpService, startHcp } from "@mam-infra/cloud/hcp/server";
import { RequestLog } from "@mam-infra/cloud/request-log";
import { type Spaces, startSpaces } from "@mam-infra/cloud/spaces/server";
import { entryOf, imagesOf } from "./entries.ts";

const key = { accessKeyId: "SPACESKEY", secretAccessKey: "secret" };
const faults = new Faults();
let directory: string;
let honest: Spaces;
let careless: Spaces;
let service: HcpService;
let hcp: Hcp;
const organisation = () => hcp;
const clients: S3Client[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), "mam-ledger-"));
  const context = { clock: startClock(), requestLog: new RequestLog(), faults };
  const seed = { accessKeys: [key], buckets: ["state"] };
  honest = await startSpaces(context, seed);
  careless = await startSpaces(context, { ...seed, ignoresConditions: true });
  service = await startHcp(context, {
    organization: "northlight",
    tokens: [{ value: "token", user: "ci" }],
  });
  hcp = createHcp({
    endpoint: service.url,
    token: "token",
    organization: "northlight",
    userAgent: "mam",
    sleep: () => Promise.resolve(),
  });
  const project = await hcp.createProject("mam");
  for (const name of ["many-history", "kept-history"])
    await hcp.createWorkspace(name, project, { executionMode: "local" });
});

afterAll(async () => {
  clients.forEach((client) => {
    client.destroy();
  });
  await hcp.close();
  await Promise.all([honest.close(), careless.close(), service.close()]);
  rmSync(directory, { recursive: true });
});

function storeIn({ url: endpoint }: Spaces, name: string): LedgerStore {
  const options = { endpoint, region: "us-east-1", credentials: key, userAgent: "mam" };
  const client = createSpaces({ ...options, sleep: () => Promise.resolve() });
  clients.push(client);
  return spacesStore(client, "state", name);
}

const stores: readonly (readonly [string, () => LedgerStore])[] = [
  ["Spaces", () => storeIn(honest, "many.ledger.json")],
  ["HCP Terraform", () => hcpStore(organisation, "many-history", "staging")],
  ["a file", () => fileStore(join(directory, "many.ledger.json"))],
];

test.each(stores)("two dozen writers at the same moment lose no entry in %s", async (_, open) => {
  const ids = Array.from({ length: 24 }, (_, index) => `release-${index}`);
  await Promise.all(ids.map((id) => recordEntry(open(), entryOf(id, { result: "running" }))));
  await Promise.all(ids.map((id) => recordEntry(open(), entryOf(id))));

  const entries = await readLedger(open());

  expect(entries.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
});

test("no secret gets into a ledger, whatever a platform said", async () => {
  const redactor = redactorOf({ TF_VAR_jwt_secret_a: 'a "key" of somebody' });
  const store = redactedStore(fileStore(join(directory, "clean.ledger.json")), redactor);
  const reason = 'PUT /v2/apps/1: 422: {"value":"a \\"key\\" of somebody"}';
  await recordEntry(store, entryOf("one", { result: "failed", reason }));

  expect((await readLedger(store)).map((entry) => entry.reason)).toEqual([
    'PUT /v2/apps/1: 422: {"value":"(secret)"}',
  ]);
  expect((await store.read())?.text).not.toContain("key");
});

test("a store that ignores conditions is noticed by the first entry", async () => {
  await expect(recordEntry(storeIn(careless, "ledger.json"), entryOf("one"))).rejects.toThrow(
    "ignores conditions",
  );
});

test("an entry whose write was answered with an error is there once", async () => {
  const store = storeIn(honest, "answered-badly.ledger.json");
  const kind = "error-after-effect";
  faults.add({ platform: "spaces", method: "PUT", path: "answered-badly", kind });
  await recordEntry(store, entryOf("one"));

  expect((await readLedger(store)).map(({ id }) => id)).toEqual(["one"]);
});

test("in HCP Terraform the ledger is the output of a state, each version is kept, and a lock that is left keeps writers out", async () => {
  const store = hcpStore(organisation, "kept-history", "staging");
  await recordEntry(store, entryOf("one"));
  const first = (await store.read())?.text ?? "";
  await recordEntry(store, entryOf("two"));
  const workspace = await hcp.workspace("kept-history");
  const kept = await store.keep(first, "1");
  await hcp.lock(workspace?.id ?? "", "somebody was killed");
  const written = await store.replace("{}", (await store.read())?.version);
  const held = await store.held?.();

  expect(kept).toMatch(
    /^https:\/\/app\.terraform\.io\/app\/northlight\/workspaces\/kept-history\/states\/sv-\w+$/,
  );
  expect((await readLedger(store)).map(({ id }) => id)).toEqual(["one", "two"]);
  expect(written).toBe(false);
  expect(held).toBe(
    "It is held by ci (somebody was killed).\n  fix: where nobody works there any more: mam state unlock staging northlight/kept-history",
  );
});

test("without its workspace the history says what makes it", async () => {
  await expect(hcpStore(organisation, "nowhere", "staging").read()).rejects.toThrow(
    "mam state bootstrap",
  );
});

test("a known entry is replaced where it stands", async () => {
  const store = fileStore(join(directory, "replaced.ledger.json"));
  await recordEntry(store, entryOf("one", { result: "running" }));
  await recordEntry(store, entryOf("two"));
  await recordEntry(store, entryOf("one", { result: "failed" }));

  const entries = await readLedger(store);

  expect(entries.map(({ id, result }) => `${id} ${result}`)).toEqual([
    "one failed",
    "two succeeded",
  ]);
});

const [a, b, c] = ["a", "b", "c"].map((letter) => ({ images: imagesOf(letter) }));

test("the last good release is the newest that went well with other images", () => {
  const entries = [entryOf("1", c), entryOf("2", a), entryOf("3", { ...b, result: "failed" })];

  expect(lastGood(entries, b)?.id).toBe("2");
  expect(lastGood(entries, a)?.id).toBe("1");
});

test("images that were rolled back from are not gone back to, however often they went well before", () => {
  const entries = [
    entryOf("1", c),
    entryOf("2", b),
    entryOf("3", { ...b, result: "rolled back" }),
    entryOf("4", a),
  ];

  expect(lastGood(entries, a)?.id).toBe("1");
});
