import { confirmed, silent } from "../../support/deploying.ts";
import { isDeepStrictEqual } from "node:util";

import { CreateAccessKeyCommand } from "@aws-sdk/client-iam";
import { PutObjectCommand } from "@aws-sdk/client-s3";

import { NotConfigured } from "../../../operations/context/credentials.ts";
import type { Session } from "../../../operations/context/session.ts";
import { runChecks } from "../../../operations/context/check.ts";
import { deployEnvironment } from "../../../operations/deploy/deploy.ts";
import { leftoverChecks } from "../../../operations/doctor/checks/leftovers.ts";
import { doctorContext } from "../../../operations/doctor/context.ts";
import { declaredIn } from "../../../operations/leftovers/declared.ts";
import { machineTypes } from "../../../operations/leftovers/machine-types.ts";
import { leftoverTypes, writtenOver } from "../../../operations/leftovers/types.ts";
import { importLeftovers } from "../../../operations/state/import.ts";
import { removeLeftover } from "../../../operations/state/remove.ts";
import { type StackKind, stackKinds } from "../../../operations/terraform/stack-kinds.ts";
import { plan, prepare } from "../../../operations/terraform/stack.ts";
import { terraformRuntime } from "../../../operations/terraform/runtime.ts";
import { synthesiseStacks } from "../../../operations/terraform/synthesis.ts";
import { newestState } from "../../../rehearsal/harness/states.ts";
import { type TestPlatform, openPlatform } from "../../support/platform.ts";

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openPlatform();
  const { ok, text } = await deployEnvironment(platform.session(), confirmed, silent);
  if (!ok) throw new Error(text);
});

afterAll(async () => {
  const { cloud, providers } = platform;
  const findings = [...cloud.findings(), ...providers.findings()];
  await platform.end();
  expect(findings).toEqual([]);
});

interface State {
  serial: number;
  resources: { mode: string; type: string; name: string }[];
}

/** Makes the states forget resources: they stand as what a killed Terraform had not written yet. */
async function forget(isMeant: (address: string) => boolean): Promise<void> {
  const session = platform.session();
  const { backend } = session.environment.config.state;
  const Bucket = backend.kind === "spaces" ? backend.bucket : "";
  for (const part of stackKinds) {
    const state = JSON.parse(newestState(platform.cloud, part)) as State;
    const kept = state.resources.filter(
      ({ mode, type, name }) => mode !== "managed" || !isMeant(`${type}.${name}`),
    );
    if (kept.length === state.resources.length) continue;
    const Body = JSON.stringify({ ...state, serial: state.serial + 1, resources: kept });
    const Key = `staging-${part}.tfstate`;
    await session.clients.spaces().send(new PutObjectCommand({ Bucket, Key, Body }));
  }
}

async function findings(session: Session) {
  return (await runChecks(leftoverChecks, doctorContext(session))).findings;
}

/** Runs a printed line, as whoever copies it does. */
async function play(line: string): Promise<void> {
  const [mam, state, command, environment, ...operands] = line.split(" ");
  expect([mam, state, environment]).toEqual(["mam", "state", "staging"]);
  const run = { import: importLeftovers, remove: removeLeftover }[String(command)];
  await run!(platform.session(), { operands }, silent);
}

/** What a plan of a stack would do, by address. */
async function planned(part: StackKind): Promise<string[]> {
  const session = platform.session();
  const stack = (await synthesiseStacks(session))[part];
  const runtime = terraformRuntime(session, stack);
  await prepare(stack, runtime);
  const saved = await plan(stack, runtime);
  return saved.plan.resource_changes
    .filter(({ change }) => change.actions.join() !== "no-op")
    .map(({ address, change }) => `${change.actions.join()} ${address}: ${changed(change)}`);
}

/** Paths of the arguments that a change is about. */
function changed({ before, after }: { readonly before: unknown; readonly after: unknown }): string {
  return paths(before, after).join();
}

function paths(old: unknown, wanted: unknown): string[] {
  if (isDeepStrictEqual(old, wanted)) return [];
  if (Array.isArray(old) && Array.isArray(wanted) && old.length === wanted.length) {
    return [...new Set(wanted.flatMap((one, index) => paths(old[index], one)))];
  }
  if (!isBlock(old) || !isBlock(wanted)) return [""];
  return Object.keys(wanted).flatMap((name) =>
    paths(old[name], wanted[name]).map((path) => (path === "" ? name : `${name}.${path}`)),
  );
}

function isBlock(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function declared() {
  return declaredIn(Object.values(await synthesiseStacks(platform.session())));
}

test("every resource type that a stack declares has a way back", async () => {
  const known = new Set([...leftoverTypes.map(({ type }) => type), ...Object.keys(writtenOver)]);

  expect((await declared()).filter(({ type }) => !known.has(type))).toEqual([]);
});

/** Requests to platforms that manage something, since a moment, without what differs from one to the next. */
function asked(since: number): string[] {
  const { requestLog } = platform.cloud;
  const questions = requestLog
    .entries()
    .slice(since)
    .filter(({ platform: name }) => name !== "spaces")
    .map(({ platform: name, method, path }) =>
      name === "wasabi"
        ? `${method} ${name}`
        : `${method} ${path.replace(/[\da-f]{8}-[\da-f-]+/, "{id}")}`,
    );
  return [...new Set(questions)].toSorted();
}

test("an environment whose states know everything asks only about what may stand twice", async () => {
  const before = platform.cloud.requestLog.entries().length;

  expect(await findings(platform.session())).toEqual([]);
  expect(asked(before)).toEqual([
    "GET /v2/domains/staging.northlight.example/records",
    "GET /v2/monitoring/alerts",
    "GET /v2/uptime/checks",
    "GET /v2/uptime/checks/{id}/alerts",
    "POST wasabi",
  ]);
});

/** What stands of a kind on DigitalOcean, as a list that may be written to. */
interface Twice {
  readonly type: string;
  readonly list: () => object[];
  readonly id: "id" | "uuid";
}

const twice: readonly Twice[] = [
  {
    type: "digitalocean_monitor_alert",
    list: () => platform.cloud.digitalOcean.store.alertPolicies,
    id: "uuid",
  },
  {
    type: "digitalocean_uptime_check",
    list: () => platform.cloud.digitalOcean.store.uptimeChecks,
    id: "id",
  },
  {
    type: "digitalocean_uptime_alert",
    list: () => platform.cloud.digitalOcean.store.uptimeChecks[0]!.alerts,
    id: "id",
  },
];

test.each(twice)(
  "$type that was made twice: its line deletes the one that no state knows",
  async ({ type, list, id }) => {
    const known = [...list()];
    const again = "5e3c1a52-7f0e-4b1d-9d55-3f2f3c5a7b10";
    list().unshift({ ...known[0], [id]: again });
    const found = await findings(platform.session());

    expect(found).toMatchObject([
      { expected: "not there", found: "it stands, and no state knows it" },
    ]);
    expect(found[0]!.fix).toMatch(
      new RegExp(`^mam state remove staging ${type}\\.\\S+ \\S*${again}$`),
    );
    await play(found[0]!.fix);
    expect(list()).toEqual(known);
  },
);

/**
 * What the provider reads only when the state has it, and does not have after an import (2.99.1,
 * database/resource_database_cluster.go, app/app_spec.go). It is written again, with the values that stand.
 */
const writtenAgain = [
  /^update digitalocean_database_cluster\.\w+: (eviction_policy,)?maintenance_window,timeouts$/,
  /^update digitalocean_app\.app: deployment_per_page,spec\.domain,timeouts$/,
];

/** Types that no stack of staging declares; leftovers.test.ts and machines.test.ts have them. */
const elsewhere = [
  "digitalocean_database_logsink_rsyslog",
  ...machineTypes.map(({ type }) => type),
];

test.each(
  leftoverTypes
    .filter(({ type, importable }) => importable && !elsewhere.includes(type))
    .map(({ type }) => [type]),
)(
  "%s that no state knows: its line is taken, and the next plan leaves it as it is",
  async (type) => {
    const all = (await declared()).filter((one) => one.type === type);
    await forget((address) => address.startsWith(`${type}.`));
    const found = await findings(platform.session());

    expect(all).not.toEqual([]);
    expect(found.map(({ fix }) => fix.split(" ")[4]).toSorted()).toEqual(
      all.map(({ address }) => address).toSorted(),
    );
    for (const { fix } of found) await play(fix);
    expect(await findings(platform.session())).toEqual([]);
    for (const part of new Set(
      all.map(({ stack }) => stack.replace("staging-", "") as StackKind),
    )) {
      expect(
        (await planned(part)).filter((change) => !writtenAgain.some((one) => one.test(change))),
      ).toEqual([]);
    }
  },
);

test("an access key whose secret nobody has is deleted by its line, and the one that the app runs with is none", async () => {
  const { users } = platform.cloud.wasabi.account;
  const keys = () => [...(users.get("mam-staging-uploader")?.accessKeys.keys() ?? [])];
  const [used] = keys();
  const iam = platform.session().clients.wasabiIam();
  await iam.send(new CreateAccessKeyCommand({ UserName: "mam-staging-uploader" }));
  const [left] = keys().filter((id) => id !== used);
  await forget((address) => address === "aws_iam_access_key.uploader_key_a");
  const found = await findings(platform.session());

  expect(found).toMatchObject([
    { fix: `mam state remove staging aws_iam_access_key.uploader_key_a ${left}` },
  ]);
  await play(found[0]!.fix);
  expect(keys()).toEqual([used]);
  const wrong = ["aws_iam_access_key.uploader_key_a", String(used)];
  await expect(removeLeftover(platform.session(), { operands: wrong }, silent)).rejects.toThrow(
    "is nothing of aws_iam_access_key.uploader_key_a that may be deleted",
  );
});

test("what cannot be imported, and what no stack declares, is refused before anything is done", async () => {
  const refused = async (words: string, ...operands: string[]) => {
    const tried = importLeftovers(platform.session(), { operands }, silent);
    await expect(tried).rejects.toThrow(NotConfigured);
    await expect(tried).rejects.toThrow(words);
  };

  const key = "aws_iam_access_key.uploader_key_a";
  await refused(
    `${key} cannot be imported: a deployment makes it anew.\n  fix: mam deploy`,
    key,
    "AKIA000000000000",
  );
  await refused(
    "No stack declares digitalocean_vpc.nobody.\n  fix: mam doctor",
    ...["digitalocean_vpc.nobody", "1"],
  );
  await refused(
    "Of digitalocean_vpc.vpc the id is missing.\n  fix: mam doctor staging",
    "digitalocean_vpc.vpc",
  );
});
