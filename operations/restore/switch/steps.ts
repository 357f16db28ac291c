import { AbortError } from "@mam-infra/clients/abort";

import type { Progress } from "../../context/progress.ts";
import type { Session } from "../../context/session.ts";
import { ledgerOf } from "../../ledger/place.ts";
import {
  type Restore,
  type SwitchStep,
  recordRestore,
  switchSteps,
} from "../../ledger/restores.ts";
import { trust } from "../../access/trusted-sources.ts";
import { type Cluster, clusterNamed, makeCluster } from "../cluster/make.ts";
import { leaveRunning } from "../cluster/prove.ts";
import type { Proof } from "../database/comparison.ts";
import { problemsOf, proofLines } from "../database/outcome.ts";
import { RestoreRefused } from "../refused.ts";
import { fillCluster } from "./data.ts";
import { withCluster } from "./files.ts";
import { proveTarget } from "./proof.ts";
import { moveState } from "./state.ts";

/** What a move is done with. */
export interface SwitchTools {
  /** Shows a text and asks whether to go on. */
  readonly confirm: (text: string) => Promise<boolean>;
  /** Deploys the environment as its files say. @throws Error when it does not run afterwards. */
  readonly deploy: (session: Session, progress: Progress) => Promise<void>;
}

/** A move on its way. */
export interface Moving {
  readonly session: Session;
  readonly restore: Restore;
  readonly tools: SwitchTools;
  readonly progress: Progress;
}

/** What each step does. Each may be begun again after it was interrupted anywhere; the journal knows those that are done. */
const doing: Readonly<Record<SwitchStep, (moving: Moving) => Promise<Moving>>> = {
  cluster: takeCluster,
  data: fill,
  proof: prove,
  files: (moving) =>
    Promise.resolve({
      ...moving,
      session: withCluster(moving.session, moving.restore.cluster.name),
    }),
  state: async (moving) => {
    await moveState(moving.session, moving.restore.source, moving.progress);
    return moving;
  },
  deploy: async (moving) => {
    await moving.tools.deploy(moving.session, moving.progress);
    return moving;
  },
};

const titles: Readonly<Record<SwitchStep, (restore: Restore) => string>> = {
  cluster: ({ cluster }) => `the cluster ${cluster.name}`,
  data: ({ point }) => (point.kind === "dump" ? `the dump ${point.dump} into it` : "its data"),
  proof: () => "its proof",
  files: ({ cluster }) => `the environment's files say ${cluster.name}`,
  state: () => "Terraform's state knows the new cluster",
  deploy: () => "pools, settings, alerts and the app move to it",
};

/** Takes every step that is not done, and writes into the history when each is. */
export async function takeSteps(begun: Moving): Promise<Moving> {
  let moving = begun;
  for (const [index, step] of switchSteps.entries()) {
    if (moving.restore.done.includes(step)) continue;
    const { session } = moving;
    if (session.interruption.aborted) throw new AbortError(`step ${step} was not begun`);
    session.output.tell(
      `step ${index + 1} of ${switchSteps.length}: ${titles[step](moving.restore)}\n`,
    );
    moving = await doing[step](moving);
    const restore = { ...moving.restore, done: [...moving.restore.done, step] };
    await recordRestore(ledgerOf(moving.session), restore);
    moving = { ...moving, restore };
  }
  return moving;
}

async function takeCluster(moving: Moving): Promise<Moving> {
  const { session, restore, progress } = moving;
  const { source, cluster, address } = restore;
  if (restore.point.kind === "cluster") {
    const { id } = await standing(session, cluster.name);
    await trust(session.clients.digitalOcean(), id, address);
    return { ...moving, restore: { ...restore, cluster: { ...cluster, id } } };
  }
  const running = await standing(session, source.name);
  const { nodes } = session.environment.config.database;
  const { id } = await progress.step(`making ${cluster.name}`, () =>
    makeCluster(session, restore, running, nodes),
  );
  return { ...moving, restore: { ...restore, cluster: { ...cluster, id } } };
}

async function fill(moving: Moving): Promise<Moving> {
  const { session, restore, progress } = moving;
  const { point } = restore;
  if (point.kind === "dump") {
    const cluster = await standing(session, restore.cluster.name);
    const from = { dump: point.dump, source: restore.source.id };
    await progress.step("restoring the dump", () => fillCluster(session, cluster, from));
  }
  return moving;
}

async function prove(moving: Moving): Promise<Moving> {
  const { session, restore, progress } = moving;
  const cluster = await standing(session, restore.cluster.name);
  const proofs = await progress.step("proving it", () => proveTarget(session, restore, cluster));
  session.output.tell(`${proofLines(proofs).join("\n")}\n`);
  unlessUnproved(restore, proofs);
  await leaveRunning(session, restore);
  return moving;
}

function unlessUnproved({ cluster, to, unproved }: Restore, proofs: readonly Proof[]): void {
  const problems = problemsOf(proofs);
  if (problems.length === 0 || unproved !== undefined) return;
  throw new RestoreRefused(
    `${cluster.name} is not proved: ${problems.length} differences. Nothing of the platform was moved.\n  fix: give it up, with --switch --give-up; or move to it all the same, where the differences are what it is restored for: --switch --to ${to} --unproved "<reason>"`,
  );
}

async function standing(session: Session, name: string): Promise<Cluster> {
  const cluster = await clusterNamed(session, name);
  if (cluster?.status === "online") return cluster;
  throw new RestoreRefused(
    cluster
      ? `the cluster ${name} is ${cluster.status}, expected online\n  fix: the same line again, once it is`
      : `the cluster ${name} is not there, expected online\n  fix: give the move up: mam restore <environment> database --switch --give-up`,
  );
}
