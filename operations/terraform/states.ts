import { existsSync } from "node:fs";
import { join } from "node:path";

import { HeadObjectCommand } from "@aws-sdk/client-s3";

import { errorStatus } from "../clients/aws-sdk.ts";
import { NotConfigured } from "../command/credentials.ts";
import type { Session } from "../command/session.ts";
import { type StackPart, stackName, stackParts } from "./stack-parts.ts";

/** The stacks that have a state: they were deployed before, if only in part. */
export async function deployedParts(session: Session): Promise<ReadonlySet<StackPart>> {
  const present = await Promise.all(
    stackParts.map(async (part) => ({ part, exists: await hasState(session, part) })),
  );
  return new Set(present.filter(({ exists }) => exists).map(({ part }) => part));
}

/**
 * Stops a command that would run Terraform where HCP Terraform does it.
 *
 * @throws NotConfigured naming the commands to use instead.
 */
export function refuseHcp({ environment: { config } }: Session): void {
  if (config.state.backend.kind !== "hcp") return;
  throw new NotConfigured(
    [
      "state.backend.kind is hcp: HCP Terraform plans, applies and keeps the releases itself.",
      `  plan     npx cdktf diff ${config.name}-app`,
      `  deploy   npx cdktf deploy '${config.name}-*'`,
      `  then     mam verify ${config.name}`,
    ].join("\n"),
  );
}

async function hasState(session: Session, part: StackPart): Promise<boolean> {
  const { environment, project } = session;
  const { backend, name } = {
    backend: environment.config.state.backend,
    name: environment.config.name,
  };
  const stack = stackName(name, part);
  switch (backend.kind) {
    case "local":
      return existsSync(join(project, `terraform.${stack}.tfstate`));
    case "spaces":
      return hasObject(session, backend.bucket, `${stack}.tfstate`);
    case "hcp":
      refuseHcp(session);
      return false;
  }
}

async function hasObject({ connections }: Session, bucket: string, key: string): Promise<boolean> {
  try {
    await connections.spaces().send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    if (errorStatus(error) === 404) return false;
    throw error;
  }
}
