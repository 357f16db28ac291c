import { hostname } from "node:os";

import { publicAddress } from "../../access/address.ts";
import { NotConfigured } from "../../context/credentials.ts";
import { isStill } from "../../context/holder.ts";
import type { Outcome } from "../../context/outcome.ts";
import { platformNow } from "../../context/platform-time.ts";
import type { Progress } from "../../context/progress.ts";
import type { Session } from "../../context/session.ts";
import { ledgerOf } from "../../ledger/place.ts";
import { type Restore, openSwitch, readRestores, recordRestore } from "../../ledger/restores.ts";
import { refuseRemote } from "../../state-place/workspaces.ts";
import { clusterNamed } from "../cluster/make.ts";
import {
  newRestore,
  recordEnd,
  removeDead,
  runningCluster,
  thisProcess,
} from "../cluster/record.ts";
import { recoveryWindow, refuseOutside } from "../cluster/window.ts";
import { findDump } from "../database/dump.ts";
import { pointOf } from "../point.ts";
import { RestoreRefused } from "../refused.ts";
import { databasePath } from "./files.ts";
import { type SwitchTools, takeSteps } from "./steps.ts";
import { announcement, switched } from "./words.ts";

/** What is moved to. */
export interface AskedSwitch {
  /** As a person typed it. */
  readonly to: string;
  /** Why a cluster is moved to although it is not proved. */
  readonly unproved?: string | undefined;
  /** This machine's address on the internet; found out without it. */
  readonly address?: string | undefined;
}

/**
 * Moves the database to another cluster, step by step. Interrupted or killed anywhere, the same line goes on where it was: the
 * history knows what is done. The old cluster is kept.
 *
 * @throws RestoreRefused when what is asked for cannot be restored, is not proved, or another move goes on.
 */
export async function switchDatabase(
  session: Session,
  asked: AskedSwitch,
  tools: SwitchTools,
  progress: Progress,
): Promise<Outcome> {
  // The new cluster would be made, filled, and then stand in no state.
  refuseRemote(session);
  await removeDead(session);
  const { config } = session.environment;
  const open = openSwitch(await readRestores(ledgerOf(session)));
  const restore = open ? goingOn(open, asked) : await beginning(session, asked);
  const now = platformNow(session.endpoints);
  if (!(await tools.confirm(announcement(config, restore, now)))) {
    const text = `${config.name}: not confirmed. Nothing was changed.\n`;
    return { ok: false, data: { environment: config.name }, text };
  }
  await recordRestore(ledgerOf(session), restore);
  const moved = await takeSteps({ session, restore, tools, progress });
  await recordEnd(moved.session, moved.restore, "switched");
  return outcomeOf(moved.session, moved.restore);
}

function goingOn(open: Restore, { to, unproved = open.unproved }: AskedSwitch): Restore {
  const reason = unproved === undefined ? {} : { unproved };
  refuseAtWork(open);
  if (open.to === to) return { ...open, process: thisProcess(), ...reason };
  throw new RestoreRefused(
    `a move to ${open.cluster.name} goes on already, begun by ${open.who} at ${open.begun}; done: ${open.done.join(", ") || "nothing"}.\n  fix: go on with it, with --switch --to ${open.to}; or give it up, with --switch --give-up`,
  );
}

/** The lock of an environment keeps others of this checkout out, and not those of another one. */
function refuseAtWork({ cluster, process: { host, ...other } }: Restore): void {
  if (host !== hostname() || other.pid === process.pid || !isStill(other)) return;
  throw new RestoreRefused(
    `the move to ${cluster.name} is at work already: process ${other.pid} on ${host}.\n  fix: wait for its end; kill ${other.pid} interrupts it, and the same line goes on then`,
  );
}

async function beginning(session: Session, { to, unproved, address }: AskedSwitch) {
  const source = await runningCluster(session);
  const point = pointOf(to);
  const here = await publicAddress(session, address);
  const asked = {
    kind: "switch",
    to,
    address: here,
    source,
    ...(unproved === undefined ? {} : { unproved }),
  } as const;
  switch (point.kind) {
    case "dump": {
      const { manifest } = await findDump(session, point.dump);
      return newRestore(session, { ...asked, point: { kind: "dump", dump: manifest.id } });
    }
    case "time": {
      const now = platformNow(session.endpoints);
      const window = await recoveryWindow(session.clients.digitalOcean(), source, now);
      if (point.at !== undefined) refuseOutside(point.at, window);
      return newRestore(session, { ...asked, point });
    }
    case "cluster": {
      const cluster = await clusterNamed(session, to);
      refuseCluster(to, source.name, cluster);
      return newRestore(session, { ...asked, point, cluster: { name: to } });
    }
  }
}

function refuseCluster(
  to: string,
  running: string,
  cluster: Awaited<ReturnType<typeof clusterNamed>>,
): void {
  const fix = "name one of PostgreSQL that stands beside what runs, or a dump or a moment";
  if (!cluster) throw new RestoreRefused(`there is no cluster ${to}\n  fix: ${fix}`);
  if (to === running) throw new RestoreRefused(`${to} is what runs already\n  fix: ${fix}`);
  if (!cluster.engine.endsWith("pg"))
    throw new NotConfigured(
      `--to ${to}: expected a cluster of PostgreSQL, and it is ${cluster.engine}\n  fix: ${fix}`,
    );
}

function outcomeOf(session: Session, restore: Restore): Outcome {
  const { config } = session.environment;
  const now = platformNow(session.endpoints);
  const seconds = Math.round((now.getTime() - Date.parse(restore.begun)) / 1000);
  const { source, cluster } = restore;
  return {
    ok: true,
    data: { environment: config.name, seconds, cluster, old: source },
    text: switched(config, restore, seconds, databasePath(session)),
  };
}
