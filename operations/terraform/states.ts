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
  return (await readStoredState(session, kind))?.text;
}

/** A state as it is kept. */
export interface StoredState {
  readonly text: string;
  /** ISO 8601; undefined for a file of this machine. */
  readonly writtenAt?: string | undefined;
}

/** The same as {@link readState}, with when it was written. */
export async function readStoredState(
  session: Session,
  kind: StackKind,
): Promise<StoredState | undefined> {
  refuseHcp(session);
  const stored = await storedState(session, kind);
  if (stored) learn(session, stored.text);
  return stored;
}

function learn({ redactor }: Session, text: string): void {
  try {
    redactor.learnFrom(JSON.parse(text));
  } catch {
    // Its reader says that it is no state.
  }
}

async function storedState(session: Session, kind: StackKind): Promise<StoredState | undefined> {
  const { backend, name } = backendOf(session);
  const stack = stackName(name, kind);
  if (backend.kind !== "spaces") {
    const file = stateFile(session, stack);
    return existsSync(file) ? { text: readFileSync(file, "utf8") } : undefined;
  }
  const object = { Bucket: backend.bucket, Key: stateKey(stack) };
  const { GetObjectCommand } = packages.s3();
  try {
    const { Body, LastModified } = await session.clients
      .spaces()
      .send(new GetObjectCommand(object));
    if (!Body) return undefined;
    return { text: await Body.transformToString(), writtenAt: LastModified?.toISOString() };
  } catch (error) {
    if (errorStatus(error) === 404) return undefined;
    throw error;
  }
}

function backendOf({ environment: { config } }: Session) {
  return { backend: config.state.backend, name: config.name };
}

/** Where a stack's state lies in a bucket. */
export const stateKey = (stack: string) => `${stack}.tfstate`;

/** Where a stack's state lies on this machine. */
export const stateFile = ({ project }: Session, stack: string) =>
  join(project, `terraform.${stack}.tfstate`);

async function hasState(session: Session, kind: StackKind): Promise<boolean> {
  const { backend, name } = backendOf(session);
  const stack = stackName(name, kind);
  switch (backend.kind) {
    case "local":
      return existsSync(stateFile(session, stack));
    case "spaces":
      return hasObject(session, backend.bucket, stateKey(stack));
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
