import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type Server, createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { redactorOf } from "../../../operations/context/redaction.ts";
import { terraformEnvironment } from "../../../operations/terraform/child-environment.ts";
import { AbortError } from "@mam-infra/clients/abort";
import { runLocking } from "../../../operations/terraform/locking.ts";
import type { TerraformRuntime } from "../../../operations/terraform/process.ts";
import { runTerraform } from "../../../operations/terraform/process.ts";
import { startClock } from "@mam-infra/cloud/clock";
import { Faults } from "@mam-infra/cloud/faults";
import { RequestLog } from "@mam-infra/cloud/request-log";
import { type Spaces, startSpaces } from "@mam-infra/cloud/spaces/server";

const keys = { accessKeyId: "KEY", secretAccessKey: "secret-of-the-bucket" };

let spaces: Spaces;
let front: Server;
let directory: string;
/** Answers of the store to the next attempts to lock, instead of its own. */
let refusals: number[];
/** Attempts to lock so far. */
let attempts: number;

beforeEach(async () => {
  [refusals, attempts] = [[], 0];
  spaces = await startSpaces(
    { clock: startClock(), requestLog: new RequestLog(), faults: new Faults() },
    { accessKeys: [keys], buckets: ["state"] },
  );
  front = await inFrontOf(spaces.url);
  directory = mkdtempSync(join(tmpdir(), "mam-locking-"));
  const { port } = front.address() as AddressInfo;
  writeFileSync(join(directory, "main.tf.json"), JSON.stringify(stackAt(port)));
  await runTerraform(runtime(), ["init", "-json"], { directory });
});

afterEach(async () => {
  front.close();
  await spaces.close();
  rmSync(directory, { recursive: true });
});

/** Passes everything on to a store, but for the attempts to lock that it refuses itself. */
async function inFrontOf(store: string): Promise<Server> {
  const server = createServer((asked, answer) => {
    const isLock = asked.method === "PUT" && asked.url?.includes(".tflock") === true;
    if (isLock) attempts += 1;
    const refusal = isLock ? refusals.shift() : undefined;
    if (refusal !== undefined) {
      const code = refusal === 409 ? "ConditionalRequestConflict" : "PreconditionFailed";
      answer.writeHead(refusal, { "content-type": "application/xml" });
      answer.end(`<Error><Code>${code}</Code><Message>refused</Message></Error>`);
      asked.resume();
      return;
    }
    const { method, url, headers } = asked;
    const onward = request(`${store}${url ?? ""}`, { method, headers }, (answered) => {
      answer.writeHead(answered.statusCode ?? 500, answered.headers);
      answered.pipe(answer);
    });
    asked.pipe(onward);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return server;
}

const stackAt = (port: number) => ({
  terraform: {
    backend: {
      s3: {
        bucket: "state",
        key: "staging-app.tfstate",
        endpoints: { s3: `http://127.0.0.1:${port}` },
        region: "us-east-1",
        use_path_style: true,
        skip_credentials_validation: true,
        skip_requesting_account_id: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
        skip_s3_checksum: true,
        use_lockfile: true,
      },
    },
  },
  resource: { terraform_data: { it: { input: "1" } } },
});

const runtime = (interruption = new AbortController().signal): TerraformRuntime => {
  const variables = {
    PATH: process.env.PATH,
    HOME: directory,
    AWS_ACCESS_KEY_ID: keys.accessKeyId,
    AWS_SECRET_ACCESS_KEY: keys.secretAccessKey,
  };
  return {
    program: "terraform",
    ready: "",
    environment: terraformEnvironment(variables, { variables: [], providers: [], backend: "s3" }),
    interruption,
    redactor: redactorOf(variables),
    learnStates: () => Promise.resolve(),
    checkPlace: () => Promise.resolve(),
    explainLock: () => Promise.resolve(undefined),
  };
};

const apply = (interruption?: AbortSignal) =>
  runLocking(runtime(interruption), ["apply", "-auto-approve", "-json"], [], { directory });

test.each([
  ["the store answers a conflict", 409],
  ["the holder lets go between the refusal and the read of its lock", 412],
])(
  "a command asks again when %s",
  async (_, status) => {
    refusals = [status, status];

    await expect(apply()).resolves.toMatchObject({ exitCode: 0 });
    expect(attempts).toBe(3);
  },
  60_000,
);

test.each([
  ["the workspace's where Terraform names itself", "It is held by ines.", "held by ines", "Who:"],
  ["Terraform's own elsewhere, and what says more", undefined, "PreconditionFailed", "ines"],
])("who holds a lock is said in words of %s", async (_, holder, said, unsaid) => {
  refusals.push(...Array.from({ length: 9 }, () => 412));
  const explaining = { ...runtime(), explainLock: () => Promise.resolve(holder) };
  const line = ["apply", "-auto-approve", "-json"] as const;
  const refused = await runLocking(explaining, line, [], { directory }, 0).catch(String);
  refusals.length = 0;

  expect(refused).toContain("Error acquiring the state lock");
  expect(refused).toContain(said);
  expect(refused).not.toContain(unsaid);
});

test("an interruption ends the wait for a lock, and nothing is begun", async () => {
  const controller = new AbortController();
  refusals = Array.from({ length: 100 }, () => 409);
  const applying = apply(controller.signal);
  while (attempts < 2) await new Promise((resolve) => setTimeout(resolve, 10));
  controller.abort();

  await expect(applying).rejects.toThrow(AbortError);
  expect(spaces.store.buckets.get("state")?.objects.size).toBe(0);
}, 60_000);

test("a plan that somebody else overtook says so, and what to do", async () => {
  await runTerraform(runtime(), ["plan", "-input=false", "-out=saved"], { directory });
  await apply();
  const refused = await runLocking(runtime(), ["apply", "-json"], ["saved"], {
    directory,
  }).catch(String);

  expect(refused).toMatch(
    /Saved plan is stale[^]*fix: somebody else deployed meanwhile[^]*the same command again, which plans anew$/m,
  );
}, 60_000);
