import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import { startClock } from "../../../src/clock.ts";
import { Faults } from "../../../src/faults.ts";
import { type HcpSeed } from "../../../src/hcp/seed.ts";
import { startHcp } from "../../../src/hcp/server.ts";
import { RequestLog } from "../../../src/request-log.ts";

/** A token of its own, and one of somebody else. */
export const tokens = { mine: "me.atlasv1.secret", theirs: "them.atlasv1.secret" };

/** HCP Terraform on this machine, and what calls its API. */
export async function openHcp(seed: Partial<HcpSeed> = {}) {
  const requestLog = new RequestLog();
  const hcp = await startHcp(
    { clock: startClock(), requestLog, faults: new Faults() },
    {
      organization: "northlight",
      tokens: [
        { value: tokens.mine, user: "ci" },
        { value: tokens.theirs, user: "ines" },
      ],
      ...seed,
    },
  );
  const call = async (method: string, path: string, body?: unknown, token = tokens.mine) => {
    const answer = await fetch(`${hcp.url}/api/v2${path}`, {
      method,
      headers: { authorization: `Bearer ${token}`, "content-type": "application/vnd.api+json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    return {
      status: answer.status,
      body: (text === "" ? undefined : JSON.parse(text)) as Record<string, unknown>,
    };
  };
  return { hcp, requestLog, call };
}

/** Unmodified Terraform in a directory of its own, whose state lies in a workspace on this machine. */
export async function terraformIn(url: string, workspace: string, configuration: object = {}) {
  const directory = await mkdtemp(join(tmpdir(), "hcp-"));
  const cloud = {
    organization: "northlight",
    hostname: "app.terraform.io",
    workspaces: { name: workspace, project: "mam" },
  };
  const main = {
    terraform: { cloud },
    resource: { terraform_data: { it: { input: "1" } } },
    output: { it: { value: "${terraform_data.it.output}" } },
    ...configuration,
  };
  const api = `${url}/api/v2/`;
  const services = `services = { "tfe.v2" = "${api}", "tfe.v2.1" = "${api}" }`;
  await writeFile(join(directory, "main.tf.json"), JSON.stringify(main));
  await writeFile(join(directory, "cli.tfrc"), `host "app.terraform.io" { ${services} }\n`);
  return {
    directory,
    run: (...args: string[]) =>
      execa("terraform", [...args, "-no-color"], {
        cwd: directory,
        reject: false,
        all: true,
        extendEnv: false,
        env: {
          PATH: process.env.PATH ?? "",
          HOME: directory,
          TF_CLI_CONFIG_FILE: join(directory, "cli.tfrc"),
          TF_TOKEN_app_terraform_io: tokens.mine,
          CHECKPOINT_DISABLE: "1",
          TF_IN_AUTOMATION: "1",
        },
      }),
    remove: () => rm(directory, { recursive: true }),
  };
}
