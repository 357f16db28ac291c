import { z } from "zod";

import type { Hcp } from "@mam-infra/clients/hcp";
import type { HcpStateVersion, HcpWorkspace } from "@mam-infra/clients/hcp/model";
import { versions } from "../../stacks/versions.ts";
import { NotConfigured } from "../context/credentials.ts";
import { underLock } from "./hcp-lock.ts";
import type { LedgerStore } from "./store.ts";

const stateSchema = z.looseObject({
  outputs: z.looseObject({ history: z.looseObject({ value: z.string() }) }),
});

/** One for all histories: a history is never compared with a state. */
const lineage = "mam-history";

/**
 * A ledger in a workspace of its own: a state without resources, whose one output is the text. HCP Terraform has no other
 * place for it; so nobody needs a bucket beside it, every version is kept, and the lock of the workspace is the condition
 * of a write.
 */
export function hcpStore(hcp: () => Hcp, workspace: string, environment: string): LedgerStore {
  const page = () => `https://app.terraform.io/app/${hcp().organization}/workspaces/${workspace}`;
  const find = async () => {
    const found = await hcp().workspace(workspace);
    if (found) return found;
    throw new NotConfigured(
      `The workspace ${workspace}, which keeps the history of releases, is not there.\n  fix: mam state bootstrap ${environment}`,
    );
  };
  return {
    place: `the workspace ${workspace} in HCP Terraform`,
    read: async () => {
      const version = await hcp().currentStateVersion((await find()).id);
      return version && { text: await textOf(hcp(), version), version: version.id };
    },
    replace: async (text, known) => replace(hcp(), await find(), text, known),
    held: async () => {
      const { lock } = await find();
      if (!lock) return undefined;
      const line = `mam state unlock ${environment} ${hcp().organization}/${workspace}`;
      return `It is held by ${lock.holder} (${lock.reason ?? "no reason given"}).\n  fix: where nobody works there any more: ${line}`;
    },
    keep: async (text) => {
      for (const version of await hcp().stateVersions(workspace)) {
        if ((await textOf(hcp(), version)) === text) return `${page()}/states/${version.id}`;
      }
      // Where a secret was taken out of the text, none is the same; all of them are kept.
      return `${page()}/states`;
    },
  };
}

async function replace(
  hcp: Hcp,
  workspace: HcpWorkspace,
  text: string,
  known: string | undefined,
): Promise<boolean> {
  const written = await underLock(hcp, workspace, async () => {
    const current = await hcp.currentStateVersion(workspace.id);
    if (current?.id !== known) return false;
    await write(hcp, workspace, text, (current?.serial ?? 0) + 1);
    return true;
  });
  return written === true;
}

async function write(hcp: Hcp, { id }: HcpWorkspace, text: string, serial: number): Promise<void> {
  try {
    await hcp.createStateVersion(id, { serial, lineage, text: stateOf(text, serial) });
  } catch (error) {
    // The answer may be lost, and the version be there: under the lock it is nobody else's.
    const current = await hcp.currentStateVersion(id);
    if (current?.serial !== serial) throw error;
  }
}

async function textOf(hcp: Hcp, version: HcpStateVersion): Promise<string> {
  return stateSchema.parse(JSON.parse(await hcp.stateText(version))).outputs.history.value;
}

const stateOf = (text: string, serial: number) =>
  JSON.stringify({
    version: 4,
    terraform_version: versions.terraform,
    serial,
    lineage,
    outputs: { history: { value: text, type: "string" } },
    resources: [],
    check_results: null,
  });
