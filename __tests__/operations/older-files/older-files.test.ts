import type { Environment } from "../../../environments/loading/load.ts";
import { rotationSchema } from "../../../environments/schema/rotation.ts";
import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import type { LedgerEntry } from "../../../operations/ledger/entry.ts";
import type { Files } from "../../../operations/older-files/files.ts";
import type { Restore } from "../../../operations/ledger/restores.ts";
import { olderDatabase } from "../../../operations/older-files/database.ts";
import { lookAtFiles } from "../../../operations/older-files/older-files.ts";
import { release } from "../../support/environments.ts";
import { pastWith } from "../../support/gate.ts";
import { entryOf, imagesOf } from "../ledger/entries.ts";
import { aSealedEnvironment, everythingSealed } from "../secrets/support.ts";

const sealed = everythingSealed();
const ciphertext = sealed.components.api!.JWT_SECRET_A!.ciphertext;
const other = "EV[1:b3RoZXI=:b3RoZXI=]";
const rotated = { "jwt-secret": { active: "B", since: "2026-11-20", revision: 5 } };

/** A specification: what is released, sessions signed by a slot, and the ciphertext in slot A. */
const specWith = ({
  slot = "A",
  value = ciphertext,
  images = release.images,
}: {
  slot?: string;
  value?: string;
  images?: LedgerEntry["images"];
} = {}): AppSpec => {
  const { worker, ...services } = images;
  const envs = [
    { key: "JWT_SECRET_ACTIVE", value: slot },
    { key: "JWT_SECRET_A", value, type: "SECRET" },
  ];
  return {
    name: "mam-production",
    services: Object.entries(services).map(([name, digest]) => ({
      name,
      image: { digest },
      ...(name === "api" ? { envs } : {}),
    })),
    workers: [{ name: "worker", image: { digest: worker } }],
  };
};

type Looked = [files: Partial<Files>, active: AppSpec, past?: Parameters<typeof pastWith>[1]];

const violationsOf = (
  ...[{ environment = aSealedEnvironment(), ...files }, active, past = {}]: Looked
) => {
  const times = { created_at: "", updated_at: "" };
  const deployment = { id: "active", spec: active };
  const app = { id: sealed.app, spec: active, active_deployment: deployment, ...times };
  const all = { environment, supplied: {}, releases: "environments", goingBack: false, ...files };
  return lookAtFiles(all, pastWith(app, past));
};

const found = async (...looked: Looked) =>
  (await violationsOf(...looked)).map(({ resource, found: seen }) => `${resource}: ${seen}`);

const linesFor = async (...looked: Looked) => (await violationsOf(...looked)).map(({ fix }) => fix);

const deployedWith = (files: Partial<NonNullable<LedgerEntry["files"]>>) =>
  entryOf("later", { files: { rotation: {}, sealed: true, retired: 0, ...files } });

const without = (part: "sealed" | "retired"): Environment => {
  const environment = { ...aSealedEnvironment() };
  Reflect.deleteProperty(environment, part);
  return environment;
};

test("files that say what runs are none of it", async () => {
  expect(await found({}, specWith())).toEqual([]);
});

test("before anything runs no file is older", async () => {
  const files = { environment: aSealedEnvironment(), supplied: {}, releases: "", goingBack: false };

  expect(await lookAtFiles(files, pastWith(undefined))).toEqual([]);
});

describe("a rotation file", () => {
  test("that knows no rotation of a slot that runs is older, whether there is a ledger or not", async () => {
    expect(await found({}, specWith({ slot: "B" }))).toEqual([
      "environments/production.rotation.json: jwt-secret never rotated, and the app uses its slot B",
    ]);
  });

  test("in an earlier revision than the last deployment's is older", async () => {
    const environment = aSealedEnvironment(rotated);
    const entries = [deployedWith({ rotation: { "jwt-secret": 6 } })];

    expect(await found({ environment }, specWith({ slot: "B" }), { entries })).toEqual([
      "environments/production.rotation.json: jwt-secret in revision 5, and release later had 6",
    ]);
  });

  test("is not older when the platform was rolled back to the other slot, or has yet to switch", async () => {
    const environment = aSealedEnvironment(rotated);
    const entries = [deployedWith({ rotation: { "jwt-secret": 5 } })];

    expect(await found({ environment }, specWith({ slot: "A" }), { entries })).toEqual([]);
  });
});

describe("a sealed file", () => {
  const [before, after] = [specWith(), specWith({ value: other })];

  test("with a ciphertext that the app had before another one is older", async () => {
    const past = { specs: [before, after] };

    expect(await found({}, after, past)).toEqual([
      "environments/production.sealed.json: an older JWT_SECRET_A of api than the one that runs",
    ]);
  });

  test("with a ciphertext from before all deployments that are known is older", async () => {
    expect(await found({}, after, { specs: [after] })).toHaveLength(1);
  });

  test("with a ciphertext that came later is newer: the platform was rolled back", async () => {
    const past = { specs: [after, before, after] };

    expect(await found({}, after, past)).toEqual([]);
  });

  test("is not older where another value is supplied, or an interrupted rotation fills the slot", async () => {
    const past = { specs: [before, after] };
    const filling = {
      "jwt-secret": { active: "B", rotation: { stage: "fill", begun: "2026-11-20T10:00:00Z" } },
    };
    const supplied = { JWT_SECRET_A: "another value" };
    const environment = { ...aSealedEnvironment(), rotation: rotationSchema.parse(filling) };

    expect(await found({ supplied }, after, past)).toEqual([]);
    expect(await found({ environment }, after, past)).toEqual([]);
  });

  test("that is missing although the last deployment had one is older", async () => {
    const environment = without("sealed");

    expect(await found({ environment }, specWith(), { entries: [deployedWith({})] })).toEqual([
      "environments/production.sealed.json: missing, and release later had it",
    ]);
    expect(await found({ environment }, specWith())).toEqual([]);
  });
});

test("a file of retired secrets that knows fewer of them is older", async () => {
  const entries = [deployedWith({ retired: 2 })];

  expect(await found({}, specWith(), { entries })).toEqual([
    "environments/production.retired.json: 0 retired secrets, and release later knew 2",
  ]);
});

describe("a file that names the database's cluster", () => {
  const own = "mam-production-postgres";
  const restored = "mam-production-restored-1";
  const moveTo = (name: string, result: Restore["result"] = "switched"): Restore => ({
    ...{ id: `to ${name}`, kind: "switch", who: "somebody@somewhere", to: "latest" },
    process: { host: "somewhere", pid: 1 },
    begun: "2026-11-24T01:34:27.000Z",
    point: { kind: "cluster" },
    source: { id: "source", name: name === own ? restored : own },
    ...{ cluster: { name }, address: "203.0.113.1", done: [], result },
  });
  const saying = (cluster: string): Environment => {
    const environment = aSealedEnvironment();
    const { config } = environment;
    return { ...environment, config: { ...config, database: { ...config.database, cluster } } };
  };
  const file = "environments/production.database.json";

  test("is older when it is missing, or says another cluster than the last move went to", async () => {
    const restores = [moveTo(restored)];
    const seen = `${file}: the cluster ${own}, and the database was moved to ${restored} later`;

    expect(await found({}, specWith(), { restores })).toEqual([seen]);
    expect(await found({ environment: saying(own) }, specWith(), { restores })).toEqual([seen]);
    expect(await found({ environment: saying(restored) }, specWith(), { restores })).toEqual([]);
  });

  test("is older when the database was moved back to the cluster with the usual name", async () => {
    const restores = [moveTo(restored), moveTo(own)];
    const environment = saying(restored);

    expect(await found({ environment }, specWith(), { restores })).toEqual([
      `${file}: the cluster ${restored}, and the database was moved to ${own} later`,
    ]);
    expect(await found({}, specWith(), { restores })).toEqual([]);
  });

  test("is not older while a move to its cluster goes on, or when no move was ended", async () => {
    const environment = saying(restored);
    const back = [moveTo(restored), moveTo(own), moveTo(restored, "running")];

    expect(await found({ environment }, specWith(), { restores: back })).toEqual([]);
    for (const result of ["given up", "failed"] as const)
      expect(await found({}, specWith(), { restores: [moveTo(restored, result)] })).toEqual([]);
  });

  test("is gone back to from git, written anew, or deleted, as its line says", () => {
    const files = (environment = aSealedEnvironment()) => ({
      environment,
      ...{ supplied: {}, releases: "environments", goingBack: false },
    });
    const [there] = olderDatabase(files(), [moveTo(restored)]);
    const [back] = olderDatabase(files(saying(restored)), [moveTo(own)]);

    expect(there?.fix).toContain(`git checkout $(git log --all -1 --format=%H -- ${file})`);
    expect(there?.fix).toContain(`echo '{ "cluster": "${restored}" }' > ${file}`);
    expect(back?.fix).toBe(`delete the file, as the move did: rm ${file}`);
  });
});

test("of a file that nobody committed the way on is said, too", async () => {
  const entries = [deployedWith({ rotation: { "jwt-secret": 6 }, retired: 2 })];
  const environment = without("sealed");

  expect(await linesFor({ environment }, specWith({ slot: "B" }), { entries })).toEqual(
    [
      "; where nobody has it, to go back on purpose: ",
      "; where nobody has it, with the secrets supplied: mam secrets seal production; or, to go back on purpose: ",
      "; where nobody has it, to go back on purpose: ",
    ].map((lost): unknown =>
      expect.stringContaining(`${lost}mam deploy production --override older-files="<reason>"`),
    ),
  );
});

describe("a release file", () => {
  const [old, next] = [release.images, imagesOf("b")];
  const was = entryOf("was", { images: old });
  const runs = specWith({ images: next });

  test("whose images were replaced by those that run is older, and a way back is named", async () => {
    const entries = [was, entryOf("is", { images: next })];

    expect(await found({}, runs, { entries })).toEqual([
      "environments/production.release.json: the images of release was, and those of is run, which is later",
    ]);
  });

  test.each<[what: string, entries: readonly LedgerEntry[], goingBack: boolean]>([
    ["is new", [entryOf("is", { images: next })], false],
    ["failed later", [entryOf("is", { images: next }), { ...was, result: "failed" }], false],
    ["is gone back to on purpose", [was, entryOf("is", { images: next })], true],
    ["was tried, and what runs is not in the ledger", [was], false],
  ])("whose release %s is not older", async (_, entries, goingBack) => {
    expect(await found({ goingBack }, runs, { entries })).toEqual([]);
  });

  test("that says what was rolled back from is older", async () => {
    const left = entryOf("left", { images: old, result: "rolled back" });
    const entries = [entryOf("is", { images: next }), left, entryOf("back", { images: next })];

    expect(await found({}, runs, { entries })).toHaveLength(1);
  });

  test.each(["interrupted", "failed"] as const)(
    "whose release was %s before it ran is not older because what ran before was deployed again",
    async (result) => {
      const never = entryOf("never", { images: old, result });
      const is = entryOf("is", { images: next });
      const again = entryOf("again", { images: next });
      const newer = imagesOf("c");

      expect(await found({}, runs, { entries: [is, never, again] })).toEqual([]);
      // What was first tried later is later, however that went.
      const later = [is, never, entryOf("later", { images: newer })];
      expect(await found({}, specWith({ images: newer }), { entries: later })).toHaveLength(1);
    },
  );

  test("names a rollback only to a release that ran, and how else to try it again", async () => {
    const is = entryOf("is", { images: next });
    const ran = entryOf("ran", { images: old, deployment: "1" });
    const failed = entryOf("failed", { images: old, result: "failed" });
    const left = entryOf("left", { images: old, result: "rolled back" });

    expect(await linesFor({}, runs, { entries: [ran, failed, is] })).toEqual([
      expect.stringMatching(/; to go back to it on purpose: mam rollback production ran$/),
    ]);
    expect(await linesFor({}, runs, { entries: [left, is] })).toEqual([
      expect.stringMatching(
        /; to try it again on purpose: mam deploy production --override older-files="<reason>"$/,
      ),
    ]);
  });
});
