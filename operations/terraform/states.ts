import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { errorStatus } from "@mam-infra/clients/aws-error";
import { packages } from "@mam-infra/clients/packages";
import { NotConfigured } from "../context/credentials.ts";
import type { Session } from "../context/session.ts";
import { type StackKind, stackName, stackKinds } from "./stack-kinds.ts";

/** The stacks that have a state: they were deployed before, if only in part. */
export async function deployedStacks(session: Session): Promise<ReadonlySet<StackKind>> {
  const present = await Promise.all(
    stackKinds.map(async (kind) => ({ kind, exists: await hasState(session, kind) })),
  );
  return new Set(present.filter(({ exists }) => exists).map(({ kind }) => kind));
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
      `  deploy   npx cdktf deploy '${config.name}-*' --auto-approve`,
      `  then     mam verify ${config.name}`,
    ].join("\n"),
  );
}

/**
 * Tells the session's redactor which secrets the states hold. Asked for where something failed: on all other days nobody
 * reads the states for it.
 */
export async function learnStates(session: Session): Promise<void> {
  // A state that cannot be read here could not be read by Terraform either, which then has nothing of it to repeat; and
  // what is to be told is another failure than this one.
  await Promise.allSettled(stackKinds.map((kind) => readState(session, kind)));
}

/**
 * Text of a stack's newest state, read where it lies and without Terraform, which would need the stack's providers first.
 * Undefined for a stack that was never deployed. It contains secrets in clear: it is never written or shown.
 *
 * @throws NotConfigured where HCP Terraform keeps the states, or without the keys of the state bucket.
 */
export async function readState(session: Session, kind: StackKind): Promise<string | undefined> {
  refuseHcp(session);
  const text = await stateText(session, kind);
  if (text !== undefined) learn(session, text);
  return text;
}

function learn({ redactor }: Session, text: string): void {
  try {
    redactor.learnFrom(JSON.parse(text));
  } catch {
    // Its reader says that it is no state.
  }
}

async function stateText(session: Session, kind: StackKind): Promise<string | undefined> {
  const { backend } = session.environment.config.state;
  const stack = stackName(session.environment.config.name, kind);
  if (backend.kind !== "spaces") {
    const file = join(session.project, `terraform.${stack}.tfstate`);
    return existsSync(file) ? readFileSync(file, "utf8") : undefined;
  }
  const object = { Bucket: backend.bucket, Key: `${stack}.tfstate` };
  const { GetObjectCommand } = packages.s3();
  try {
    const { Body } = await session.clients.spaces().send(new GetObjectCommand(object));
    return await Body?.transformToString();
  } catch (error) {
    if (errorStatus(error) === 404) return undefined;
    throw error;
  }
}

async function hasState(session: Session, kind: StackKind): Promise<boolean> {
  const { environment, project } = session;
  const { backend, name } = {
    backend: environment.config.state.backend,
    name: environment.config.name,
  };
  const stack = stackName(name, kind);
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

async function hasObject({ clients }: Session, bucket: string, key: string): Promise<boolean> {
  const { HeadObjectCommand } = packages.s3();
  try {
    await clients.spaces().send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
    return true;
  } catch (error) {
    if (errorStatus(error) === 404) return false;
    throw error;
  }
}
