import {
  CreateBucketCommand,
  GetBucketVersioningCommand,
  HeadBucketCommand,
  PutBucketAclCommand,
  PutBucketVersioningCommand,
} from "@aws-sdk/client-s3";

import { errorStatus } from "@mam-infra/clients/aws-error";
import { columns } from "../context/columns.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { hcpBackendOf } from "../state-place/workspaces.ts";
import { bootstrapWorkspaces } from "./bootstrap-workspaces.ts";
import type { Done } from "./done.ts";
import { probeLock } from "../platform/lock-probe.ts";
import { openToAnybody, withoutPolicy } from "../platform/open-to-anybody.ts";

/**
 * `mam state bootstrap`: makes the place of the states ready, outside Terraform, since it cannot hold its own first
 * state. A bucket: there, closed to whoever has no key, keeping versions, and proved to lock. HCP Terraform: project and workspaces, each
 * with its execution mode. What is so already is left as it is.
 *
 * @throws NotConfigured where the states are files; Error when the place does not lock.
 */
export async function bootstrapState(
  session: Session,
  _: object,
  progress: Progress,
): Promise<Outcome> {
  const hcp = hcpBackendOf(session);
  if (hcp) return bootstrapWorkspaces(session, hcp, progress);
  const bucket = bucketOf(session);
  const { name } = session.environment.config;
  const done = [
    await progress.step(`looking for the bucket ${bucket}`, () => make(session, bucket)),
    await progress.step("trying it without a key", () => close(session, bucket)),
    await progress.step("turning its versions on", () => keepVersions(session, bucket)),
    await progress.step("proving that it locks", () => prove(session, bucket)),
  ];
  const lines = columns(done.map(({ what, how }) => [`  ${how}`, what]));
  return {
    ok: true,
    data: { environment: name, bucket, steps: done },
    text: `The states of ${name} go into the Spaces bucket ${bucket}:\n${lines.join("\n")}\nNext: mam doctor ${name}\n`,
  };
}

function bucketOf(session: Session): string {
  const { backend } = session.environment.config.state;
  if (backend.kind === "spaces") return backend.bucket;
  throw new NotConfigured(
    "The states are files of this machine, of which no versions are kept.\n" +
      '  fix: set state.backend.kind: "spaces" (docs/state.md)',
  );
}

async function make({ clients }: Session, Bucket: string): Promise<Done> {
  const what = "it is there";
  const store = clients.spaces();
  try {
    await store.send(new HeadBucketCommand({ Bucket }));
    return { what, how: "so already" };
  } catch (error) {
    if (errorStatus(error) === 403) throw notOurs(Bucket, error);
    if (errorStatus(error) !== 404) throw error;
  }
  await store.send(new CreateBucketCommand({ Bucket, ACL: "private" })).catch((error: unknown) => {
    throw errorStatus(error) === 403 || errorStatus(error) === 409 ? notOurs(Bucket, error) : error;
  });
  return { what, how: "done now" };
}

/** Takes away what an access control list lets anybody do. What a bucket policy lets them do it names. */
async function close(session: Session, Bucket: string): Promise<Done> {
  const what = "nobody without a key may list or read it";
  if ((await openToAnybody(session, Bucket)).length === 0) return { what, how: "so already" };
  await session.clients.spaces().send(new PutBucketAclCommand({ Bucket, ACL: "private" }));
  const open = await openToAnybody(session, Bucket);
  if (open.length === 0) return { what, how: "done now" };
  throw new Error(
    `${Bucket} is private by its access control list, and ${open.map(({ found }) => found).join("; ")} all the same.\n` +
      `  fix: ${withoutPolicy(session, Bucket)}`,
  );
}

async function keepVersions({ clients }: Session, Bucket: string): Promise<Done> {
  const what = "it keeps every version of a state";
  const store = clients.spaces();
  const { Status } = await store.send(new GetBucketVersioningCommand({ Bucket }));
  if (Status === "Enabled") return { what, how: "so already" };
  const VersioningConfiguration = { Status: "Enabled" } as const;
  await store.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration }));
  return { what, how: "done now" };
}

async function prove(session: Session, bucket: string): Promise<Done> {
  if ((await probeLock(session, bucket)) === "refuses the second")
    return { what: "it refuses the second of two locks", how: "proved" };
  throw new Error(
    `${bucket} takes both of two locks: two deployments at once would lose a state.\n` +
      '  fix: move the states to a store that honours If-None-Match, such as state.backend.kind: "hcp"',
  );
}

const notOurs = (bucket: string, cause: unknown) =>
  new Error(
    `The bucket ${bucket} cannot be made or used with this key: the name is taken by somebody else, or the key may not make buckets.\n` +
      "  fix: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY to a Spaces key with full access for this one command, or choose another state.backend.bucket",
    { cause },
  );
