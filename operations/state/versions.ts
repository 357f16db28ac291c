import { GetObjectCommand } from "@aws-sdk/client-s3";

import { ageOf, minuteOf } from "../context/age.ts";
import { columns } from "../context/columns.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Session } from "../context/session.ts";
import { listVersions } from "../platform/object-versions.ts";
import { type StackKind, stackKinds, stackName } from "../terraform/stack-kinds.ts";
import { refuseHcp, stateKey } from "../terraform/states.ts";

/** A version of a state in the bucket. */
export interface StateVersion {
  /** What storage calls it. */
  readonly id: string;
  /** ISO 8601. */
  readonly writtenAt: string;
  readonly bytes: number;
  /** Whether it is the one that stands. */
  readonly stands: boolean;
}

/** The bucket of an environment's states. @throws NotConfigured where they are not in Spaces: only there versions are kept */
export function versionedBucket(session: Session): string {
  refuseHcp(session);
  const { backend } = session.environment.config.state;
  if (backend.kind === "spaces") return backend.bucket;
  throw new NotConfigured(
    "The states are files of this machine, of which no versions are kept.\n" +
      '  fix: set state.backend.kind: "spaces" (docs/state.md)',
  );
}

/** All versions of a stack's state, the newest first. */
export async function stateVersions(session: Session, kind: StackKind): Promise<StateVersion[]> {
  const key = stateKey(stackName(session.environment.config.name, kind));
  const all = await listVersions(session.clients.spaces(), versionedBucket(session), key);
  // Another key may begin with it, such as that of its lock.
  return all
    .filter((one) => one.key === key && !one.isMarker)
    .map(({ version, modified, bytes, isLatest }) => ({
      id: version,
      writtenAt: modified.toISOString(),
      bytes,
      stands: isLatest,
    }));
}

/** Text of a version of a state. It contains secrets in clear: the session's redactor is told of them. */
export async function readVersion(session: Session, kind: StackKind, id: string): Promise<string> {
  const Key = stateKey(stackName(session.environment.config.name, kind));
  const object = { Bucket: versionedBucket(session), Key, VersionId: id };
  const { Body } = await session.clients.spaces().send(new GetObjectCommand(object));
  const text = (await Body?.transformToString()) ?? "";
  session.redactor.learnFrom(JSON.parse(text));
  return text;
}

/** The stack that an operand names: `data`, or `staging-data`. @throws NotConfigured when there is none of the name */
export function stackNamed(session: Session, named: string): StackKind {
  const { name } = session.environment.config;
  const kind = stackKinds.find((one) => named === one || named === stackName(name, one));
  if (kind) return kind;
  const names = stackKinds.map((one) => stackName(name, one)).join(", ");
  throw new NotConfigured(`There is no stack ${named}.\n  fix: name one of ${names}`);
}

/** `mam state versions`: what `mam state restore` can go back to. */
export async function listStateVersions(
  session: Session,
  { operands: [named] }: { readonly operands: readonly string[] },
): Promise<Outcome> {
  const { name } = session.environment.config;
  const kinds = named === undefined ? stackKinds : [stackNamed(session, named)];
  const all = await Promise.all(
    kinds.map(async (kind) => ({
      stack: stackName(name, kind),
      versions: await stateVersions(session, kind),
    })),
  );
  return { ok: true, data: { environment: name, states: all }, text: all.map(render).join("\n") };
}

function render({ stack, versions }: { stack: string; versions: readonly StateVersion[] }): string {
  const now = new Date();
  const rows = versions.map(({ id, writtenAt, bytes, stands }) => [
    `  ${minuteOf(writtenAt)}`,
    `${ageOf(new Date(writtenAt), now)} ago`,
    `${Math.ceil(bytes / 1024)} KiB`,
    id,
    stands ? "stands" : "",
  ]);
  const lines = rows.length > 0 ? columns(rows, [{}, {}, { align: "right" }]) : ["  none"];
  return `${[stack, ...lines].join("\n")}\n`;
}
