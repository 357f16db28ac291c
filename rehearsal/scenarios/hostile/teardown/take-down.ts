import { DeleteObjectCommand, ListObjectVersionsCommand, type S3Client } from "@aws-sdk/client-s3";

import { bucketName, storageTiers } from "../../../../constructs/storage/tiers.ts";
import { deployerName } from "../../../../constructs/storage/deployer-policy.ts";
import type { EnvironmentInput } from "../../../../environments/schema/environment.ts";
import { type ChangedProject, changedProject } from "../../../harness/changed-project.ts";
import { childEnvironment } from "../../../harness/child-environment.ts";
import { type CommandResult, Commands, endedWell } from "../../../harness/commands.ts";
import type { Harness } from "../../../harness/rehearsal.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";
import { Stacks } from "../../../harness/stacks.ts";
import { withStorage } from "../../../harness/wasabi-storage.ts";

/** What the runbook writes into an environment's file before it is taken down. */
const mayGo = (input: EnvironmentInput): EnvironmentInput => ({
  ...input,
  tier: "staging",
  state: {
    ...input.state,
    destroy: { allowed: true, allowedReason: "the rehearsal takes it down" },
  },
});

/** Takes an environment down, step by step as the runbook says it. */
export async function takeDown(context: ScenarioContext, harness: Harness): Promise<void> {
  const { cloud, tell, expect } = context;
  const { name } = cloud.environment.config;
  const project = changedProject(context.project, name, mayGo);
  try {
    tell("emptying the buckets, mam dashboard remove, cdktf destroy");
    await emptyBuckets(context);
    const removed = await context.sealedMam.of(project.directory).run("dashboard", "remove");
    expect("mam dashboard remove ends well", endedWell(removed));
    expect("cdktf destroy ends well", endedWell(await destroy(context, harness, project)));
    removeDeployer(context);
    removeStates(context);
  } finally {
    project.remove();
  }
}

/** `cdktf destroy` of a project, with the keys of Wasabi's administrator: whoever deploys deletes no bucket and no user. */
export function destroy(
  { cloud, interruption }: ScenarioContext,
  { workspace, providers }: Harness,
  { directory }: Pick<ChangedProject, "directory">,
): Promise<CommandResult> {
  const commands = new Commands(directory, workspace.logs, interruption);
  const { accessKeyId, secretAccessKey } = cloud.credentials.wasabiRoot;
  const variables = {
    ...childEnvironment(cloud, workspace, providers.source, "sealed"),
    TF_VAR_wasabi_access_key: accessKeyId,
    TF_VAR_wasabi_secret_key: secretAccessKey,
  };
  return new Stacks(cloud.environment.config.name, commands, workspace, variables).destroyAll();
}

async function emptyBuckets(context: ScenarioContext): Promise<void> {
  const { config } = context.cloud.environment;
  await withStorage(context, context.cloud.credentials.wasabiRoot, async (storage) => {
    for (const tier of storageTiers) await emptyBucket(storage, bucketName(config, tier));
  });
}

async function emptyBucket(storage: S3Client, Bucket: string): Promise<void> {
  const { Versions = [], DeleteMarkers = [] } = await storage.send(
    new ListObjectVersionsCommand({ Bucket }),
  );
  for (const { Key, VersionId } of [...Versions, ...DeleteMarkers]) {
    const BypassGovernanceRetention = true;
    await storage.send(
      new DeleteObjectCommand({ Bucket, Key, VersionId, BypassGovernanceRetention }),
    );
  }
}

/** The user that the runbook made for whoever deploys. */
function removeDeployer({ cloud }: ScenarioContext): void {
  cloud.wasabi.account.users.delete(deployerName(cloud.environment.config));
}

/** The states, their locks and the history: everything that begins with the environment's name. */
function removeStates({ cloud }: ScenarioContext): void {
  const { name, state } = cloud.environment.config;
  if (state.backend.kind === "hcp")
    removeWorkspaces(cloud, `${state.backend.workspacePrefix}${name}-`);
  if (state.backend.kind !== "spaces") return;
  const objects = cloud.spaces.store.buckets.get(state.backend.bucket)?.objects;
  const own = [...(objects?.keys() ?? [])].filter(
    (key) => key.startsWith(`${name}-`) || key.startsWith(`${name}.`),
  );
  for (const key of own) objects?.delete(key);
}

/** As a person deletes them in the browser: a workspace takes its states with it. */
function removeWorkspaces({ hcp }: ScenarioContext["cloud"], prefix: string): void {
  if (!hcp) return;
  const { workspaces, stateVersions } = hcp.store;
  const own = workspaces.filter(({ name }) => name.startsWith(prefix)).map(({ id }) => id);
  const kept = {
    workspaces: workspaces.filter(({ id }) => !own.includes(id)),
    stateVersions: stateVersions.filter(({ workspaceId }) => !own.includes(workspaceId)),
  };
  workspaces.splice(0, Infinity, ...kept.workspaces);
  stateVersions.splice(0, Infinity, ...kept.stateVersions);
}
