import { spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { PutObjectCommand } from "@aws-sdk/client-s3";

import { thisHolder } from "../../../../operations/context/holder.ts";
import { placeOf } from "../../../../operations/context/place.ts";
import { openRunFolder, pidFile, unsavedState } from "../../../../operations/context/run-folder.ts";
import type { StackKind } from "../../../../operations/terraform/stack-kinds.ts";
import { newestState } from "../../../../rehearsal/harness/states.ts";
import type { TestPlatform } from "../../../support/platform.ts";
import type { Breakage, Broken } from "./breakage.ts";

/** A state that does not know resources which stand: what a Terraform leaves that is killed before it wrote them down. */
async function forget(platform: TestPlatform, part: StackKind, type: string): Promise<Broken> {
  const { session, put } = writerOf(platform, part);
  const text = newestState(platform.cloud, part);
  const state = JSON.parse(text) as { resources: { type: string }[] };
  const resources = state.resources.filter((one) => one.type !== type);
  await put(JSON.stringify({ ...state, resources }));
  return { session, mend: () => put(text) };
}

/** Something in the place of a state. */
async function spoil(platform: TestPlatform, part: StackKind, text: string): Promise<Broken> {
  const whole = newestState(platform.cloud, part);
  const { session, put } = writerOf(platform, part);
  await put(text);
  return { session, mend: () => put(whole) };
}

function writerOf(platform: TestPlatform, part: StackKind) {
  const session = platform.session();
  const { backend } = session.environment.config.state;
  const Bucket = backend.kind === "spaces" ? backend.bucket : "";
  const put = (Body: string) =>
    session.clients
      .spaces()
      .send(new PutObjectCommand({ Bucket, Key: `staging-${part}.tfstate`, Body }));
  return { session, put };
}

/** A folder of a command that was killed. */
function killedRun(platform: TestPlatform, stack: string) {
  const session = platform.session();
  const owner = { ...thisHolder("mam deploy staging"), pid: 2 ** 22 + 1 };
  const run = openRunFolder(placeOf(session.project, session.variables), "staging", owner);
  return { session, run, directory: run.stack(stack) };
}

export const leftoverBreakages: readonly Breakage[] = [
  {
    id: "terraform-at-rest",
    name: "a Terraform whose mam was killed",
    breaks: async (platform) => {
      const { session, run, directory } = killedRun(platform, "staging-data");
      const running = spawn("sleep", ["60"], { cwd: directory });
      await once(running, "spawn");
      writeFileSync(join(directory, pidFile), `${running.pid}\n`);
      const mend = async () => {
        const gone = once(running, "exit");
        running.kill();
        await gone;
        run.remove();
      };
      return { session, mend };
    },
    finds: [
      {
        severity: "error",
        resource: expect.stringMatching(
          /^Terraform of staging-data \(process \d+, for .*\), which outlived `mam deploy staging`$/,
        ),
        fix: expect.stringMatching(/^wait: it saves its state .* kill -INT \d+$/),
      },
    ],
  },
  {
    id: "states-saved",
    name: "a state that follows the one which stands, and one that was overtaken",
    breaks: (platform) => {
      const { session, run, directory } = killedRun(platform, "staging-data");
      const standing = JSON.parse(newestState(platform.cloud, "data")) as { serial: number };
      const left = { ...standing, serial: standing.serial + 1 };
      writeFileSync(join(directory, unsavedState), JSON.stringify(left));
      const other = { ...standing, lineage: "another" };
      writeFileSync(join(run.stack("staging-app"), unsavedState), JSON.stringify(other));
      return {
        session,
        mend: () => {
          rmSync(run.path, { recursive: true });
        },
      };
    },
    finds: [
      {
        severity: "error",
        resource: "the state of staging-data",
        fix: "mam state push staging",
      },
      {
        expected: "a state that follows the one which stands",
        fix: expect.stringMatching(/^see with mam doctor staging .* rm \S+errored\.tfstate$/),
      },
    ],
  },
  {
    id: "states-whole",
    name: "a state that was cut off, of which nothing is repeated",
    breaks: (platform) => spoil(platform, "app", '{"version":4,"outputs":{"password":hunter2'),
    finds: [
      {
        severity: "error",
        resource: "the state of staging-app",
        found: "it is no JSON, or was cut off after 42 bytes",
        fix: expect.stringMatching(/^mam state restore staging staging-app \S+$/),
      },
    ],
  },
  {
    id: "digitalocean-leftovers",
    name: "a network that a killed Terraform had not written down",
    breaks: (platform) => forget(platform, "data", "digitalocean_vpc"),
    finds: [
      {
        severity: "error",
        resource: "the VPC mam-staging",
        expected: "in the state of staging-data",
        found: "it stands, and no state knows it",
        fix: expect.stringMatching(
          /^mam state import staging digitalocean_vpc\.vpc [0-9a-f-]{36}$/,
        ),
      },
    ],
  },
  {
    id: "wasabi-leftovers",
    name: "buckets that a killed Terraform had not written down",
    breaks: (platform) => forget(platform, "storage", "aws_s3_bucket"),
    finds: ["backups", "masters", "previews", "staging"].map((tier) => ({
      severity: "error",
      resource: `the bucket northlight-mam-staging-${tier}`,
      fix: `mam state import staging aws_s3_bucket.${tier} northlight-mam-staging-${tier}`,
    })),
  },
];
