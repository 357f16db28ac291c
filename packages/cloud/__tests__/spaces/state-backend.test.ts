import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import { Body } from "../../src/s3/bodies/body.ts";
import { startClock } from "../../src/clock.ts";
import { Faults } from "../../src/faults.ts";
import { RequestLog } from "../../src/request-log.ts";
import { startSpaces } from "../../src/spaces/server.ts";

const lockKey = "production.tfstate.tflock";

/** Terraform in a directory of its own, with its state in a rehearsed Spaces. */
async function terraformOnSpaces(ignoresConditions: boolean) {
  const requestLog = new RequestLog();
  const spaces = await startSpaces(
    { clock: startClock(), requestLog, faults: new Faults() },
    {
      accessKeys: [{ accessKeyId: "KEY", secretAccessKey: "secret" }],
      buckets: ["state"],
      ignoresConditions,
    },
  );
  const directory = await mkdtemp(join(tmpdir(), "state-backend-"));
  const backend = {
    bucket: "state",
    key: "production.tfstate",
    endpoints: { s3: spaces.url },
    region: "us-east-1",
    use_path_style: true,
    skip_credentials_validation: true,
    skip_requesting_account_id: true,
    skip_metadata_api_check: true,
    skip_region_validation: true,
    skip_s3_checksum: true,
    use_lockfile: true,
  };
  const main = {
    terraform: { backend: { s3: backend } },
    resource: { terraform_data: { it: { input: "1" } } },
  };
  await writeFile(join(directory, "main.tf.json"), JSON.stringify(main));
  return {
    spaces,
    requestLog,
    /** The object that a lock of somebody else is. */
    lockAsSomebodyElse: () =>
      spaces.store.buckets.get("state")?.objects.set(lockKey, [
        {
          key: lockKey,
          versionId: "null",
          isDeleteMarker: false,
          createdAt: new Date(),
          body: Body.of(
            Buffer.from(
              JSON.stringify({
                ID: "5c2f1d8e-0000-4000-8000-000000000000",
                Operation: "OperationTypeApply",
                Who: "somebody@else",
                Version: "1.11.4",
                Created: "2026-01-01T00:00:00Z",
                Path: "state/production.tfstate",
              }),
            ),
          ),
          etag: "lock",
          headers: {},
          checksums: {},
          tags: {},
          retention: undefined,
          hasLegalHold: false,
          noncurrentSince: undefined,
        },
      ]),
    terraform: (...args: string[]) =>
      execa("terraform", [...args, "-no-color"], {
        cwd: directory,
        reject: false,
        all: true,
        extendEnv: false,
        env: {
          PATH: process.env.PATH ?? "",
          HOME: directory,
          AWS_ACCESS_KEY_ID: "KEY",
          AWS_SECRET_ACCESS_KEY: "secret",
          CHECKPOINT_DISABLE: "1",
          TF_IN_AUTOMATION: "1",
        },
      }),
    close: async () => {
      await spaces.close();
      await rm(directory, { recursive: true });
    },
  };
}

test("Terraform keeps its state in Spaces, locks it, and stops at somebody else's lock", async () => {
  const { spaces, requestLog, terraform, lockAsSomebodyElse, close } =
    await terraformOnSpaces(false);
  const init = await terraform("init", "-input=false");
  const apply = await terraform("apply", "-auto-approve", "-input=false");
  const unchanged = await terraform("plan", "-detailed-exitcode", "-input=false");
  const locks = requestLog.entries().filter(({ path }) => path.endsWith(".tflock"));
  const current = spaces.store.buckets.get("state")?.objects.get("production.tfstate")?.[0];
  lockAsSomebodyElse();
  const locked = await terraform("apply", "-auto-approve", "-input=false", "-lock-timeout=0s");
  const unlock = await terraform("force-unlock", "-force", "5c2f1d8e-0000-4000-8000-000000000000");
  const findings = spaces.findings();
  await close();

  expect([init.exitCode, apply.exitCode, unchanged.exitCode, unlock.exitCode]).toEqual([
    0, 0, 0, 0,
  ]);
  expect(JSON.parse(current?.body.toString() ?? "")).toMatchObject({ version: 4, serial: 1 });
  expect(locks.map(({ method, status }) => `${method} ${status}`)).toEqual([
    "PUT 200",
    "GET 200",
    "DELETE 204",
    "PUT 200",
    "GET 200",
    "DELETE 204",
  ]);
  expect(locked.exitCode).toBe(1);
  expect(locked.all).toContain("Error acquiring the state lock");
  expect(locked.all).toContain("PreconditionFailed");
  expect(locked.all).toContain("somebody@else");
  expect(findings).toEqual([]);
});

test("on a store that ignores conditions Terraform goes ahead in spite of somebody else's lock", async () => {
  const { terraform, lockAsSomebodyElse, close } = await terraformOnSpaces(true);
  await terraform("init", "-input=false");
  lockAsSomebodyElse();
  const apply = await terraform("apply", "-auto-approve", "-input=false", "-lock-timeout=0s");
  await close();

  expect(apply.exitCode).toBe(0);
});
