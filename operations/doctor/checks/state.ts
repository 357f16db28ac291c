import { GetBucketVersioningCommand, HeadBucketCommand } from "@aws-sdk/client-s3";

import { errorCode, errorStatus } from "@mam-infra/clients/aws-error";
import { ageOf } from "../../context/age.ts";
import type { Check, Violation } from "../../context/check.ts";
import type { Session } from "../../context/session.ts";
import type { DoctorContext } from "../context.ts";
import { type HeldLock, nameOf } from "../../platform/held-locks.ts";
import {
  type JudgedLock,
  adviceOn,
  describeJudged,
  judgedLocks,
} from "../../state/judged-locks.ts";
import { probeLock } from "../../platform/lock-probe.ts";
import { missingCredentials, needing, statesPlatform } from "../needing.ts";
import type { HcpBackend } from "../../state-place/hcp-backend.ts";
import {
  type WaitingRun,
  hcpBackendOf,
  lookForWorkspaces,
  waitingRuns,
  workspaceProblems,
} from "../../state-place/workspaces.ts";
import { stackKinds, stackName } from "../../terraform/stack-kinds.ts";
import { openToAnybody } from "../../platform/open-to-anybody.ts";
import { stateBucket } from "../../platform/state-bucket.ts";

/** The credentials of Spaces are needed where the states are there. */
const spacesOf = ({ session }: DoctorContext) =>
  session.environment.config.state.backend.kind === "spaces" ? "spaces" : undefined;

/** Where the states are kept, and whether they are safe there. */
export const stateChecks: readonly Check<DoctorContext>[] = [
  {
    id: "state-bucket",
    severity: "error",
    what: "The place of the states exists, is as configured, and may be used.",
    why: "Without it Terraform can neither read what stands nor remember what it makes.",
    fix: "make it, and a key or token for it, as docs/state.md says",
    run: async (context) => {
      const hcp = hcpBackendOf(context.session);
      if (hcp) return lookAtWorkspaces(context, hcp);
      const bucket = stateBucket(context.session);
      const missing = missingCredentials("spaces", context);
      return missing.length > 0 ? missing : reachBucket(context.session, bucket);
    },
  },
  ...needing(spacesOf, [
    {
      id: "state-private",
      severity: "error",
      what: "Nobody without a key may list or read the state bucket.",
      why: "States hold every password and key in clear, and whoever reads one has them.",
      fix: "close it with `mam state bootstrap`, and replace what it held: docs/runbook.<environment>.md, When a secret leaked",
      run: ({ session }) => lookAtPrivacy(session, stateBucket(session)),
    },
    {
      id: "state-versioning",
      severity: "error",
      what: "The state bucket keeps the versions of every state.",
      why: "A state that is overwritten or truncated cannot be had back.",
      fix: "turn versioning on: mam state bootstrap does it",
      run: ({ session }) => lookAtVersioning(session, stateBucket(session)),
    },
    {
      id: "state-lock",
      severity: "error",
      what: "The state bucket refuses the second of two locks.",
      why: "A store that ignores the condition of a lock locks nothing and says nothing, and two deployments at once lose a state.",
      fix: 'move the states to a store that honours If-None-Match, such as `state.backend.kind: "hcp"`, and deploy from one place at a time until then',
      run: ({ session }) => lookAtLocking(session, stateBucket(session)),
    },
  ]),
  ...needing(statesPlatform, [
    {
      id: "states-whole",
      severity: "error",
      what: "Every state that was written stands, and can be read.",
      why: "Terraform takes one that is gone or empty for that of a stack which was never deployed, and would make everything again.",
      fix: "write a version that is kept over it, with `mam state restore`",
      run: async ({ lostStates }) =>
        (await lostStates()).map(({ stack, problem, fix }) => ({
          resource: `the state of ${stack}`,
          expected: "a state as Terraform wrote it",
          found: problem,
          fix,
        })),
    },
    {
      id: "state-unlocked",
      severity: "error",
      what: "Nobody holds the lock of a state.",
      why: "A deployment would wait for the lock and then give up.",
      fix: "wait for the run that holds it; if that run is dead, `mam state unlock` gives the lock back from any machine, and says whether it is",
      run: async ({ session }) =>
        (await judgedLocks(session)).map((lock) => describeLock(session, lock)),
    },
  ]),
];

/** Workspaces that are not as configured, and runs that somebody left who deploys there in another way. */
async function lookAtWorkspaces(context: DoctorContext, backend: HcpBackend): Promise<Violation[]> {
  const missing = missingCredentials("hcp", context);
  if (missing.length > 0) return missing;
  const { session } = context;
  const { name } = session.environment.config;
  const stacks = stackKinds.map((kind) => stackName(name, kind));
  const workspaces = await lookForWorkspaces(session, backend, stacks);
  const runs = await waitingRuns(session, backend, workspaces);
  const unlike = workspaceProblems(workspaces, backend).map(({ workspace, expected, found }) => ({
    resource: `the workspace ${workspace}`,
    expected,
    found,
    fix: makeBucket(session),
  }));
  return [...unlike, ...runs.map((run) => describeRun(backend, run))];
}

function describeRun(
  { organization }: HcpBackend,
  { workspace, id, status }: WaitingRun,
): Violation {
  const page = `https://app.terraform.io/app/${organization}/workspaces/${workspace}/runs/${id}`;
  return {
    resource: `the workspace ${workspace}`,
    expected: "no run that has not ended: a later one waits for it",
    found: `${id} is ${status}`,
    fix: `wait for it, or discard or cancel it: ${page}`,
  };
}

async function reachBucket(session: Session, Bucket: string): Promise<Violation[]> {
  try {
    await session.clients.spaces().send(new HeadBucketCommand({ Bucket }));
    return [];
  } catch (error) {
    const status = errorStatus(error);
    // A HEAD is answered without a body, so the status is all that is known.
    if (status === 404)
      return [{ ...unusable(Bucket, "no bucket of that name"), fix: makeBucket(session) }];
    if (status === 403) return [unusable(Bucket, "403: the key is unknown, or may not use it")];
    throw error;
  }
}

function unusable(bucket: string, found: string): Violation {
  return {
    resource: `the Spaces bucket ${bucket}`,
    expected: "a bucket that the key may use",
    found,
  };
}

const makeBucket = ({ environment }: Session) => `mam state bootstrap ${environment.config.name}`;

async function lookAtPrivacy(session: Session, bucket: string): Promise<Violation[]> {
  const open = await openToAnybody(session, bucket);
  const resource = `the Spaces bucket ${bucket}`;
  return open.map((door) => ({ resource, expected: "403 for whoever has no key", ...door }));
}

async function lookAtVersioning(session: Session, Bucket: string): Promise<Violation[]> {
  const { Status = "never turned on" } = await session.clients
    .spaces()
    .send(new GetBucketVersioningCommand({ Bucket }));
  if (Status === "Enabled") return [];
  return [
    {
      resource: `versioning of ${Bucket}`,
      expected: "Enabled",
      found: Status,
      fix: makeBucket(session),
    },
  ];
}

async function lookAtLocking(session: Session, bucket: string): Promise<Violation[]> {
  const resource = `locks in ${bucket}`;
  try {
    const answer = await probeLock(session, bucket);
    if (answer === "refuses the second") return [];
    return [{ resource, expected: "412 for the second of two locks", found: "both were taken" }];
  } catch (error) {
    if (errorCode(error) !== "AccessDenied") throw error;
    const expected = "a key that may write and delete";
    const fix = "make a key that may read and write this bucket, as docs/state.md says";
    return [{ resource, expected, found: "AccessDenied", fix }];
  }
}

function describeLock(session: Session, judged: JudgedLock): Violation {
  const { held, taken, life } = judged;
  const { stack, lock } = held;
  const { name } = session.environment.config;
  return {
    resource: `the state of ${stack}`,
    expected: "no lock",
    found: [
      lock ? holderOf(lock) : "a lock that does not say whose it is",
      ...(taken ? [describeJudged(judged)] : []),
    ].join(": "),
    fix:
      life === "unknown"
        ? `wait for that run; if it is dead: mam state unlock ${name} ${nameOf(held)}`
        : adviceOn(name, judged),
  };
}

function holderOf({ Who, Operation, Created }: NonNullable<HeldLock["lock"]>): string {
  const since = Created === undefined ? "" : ` for ${ageOf(new Date(Created), new Date())}`;
  return `locked${since} by ${Who} (${Operation})`;
}
