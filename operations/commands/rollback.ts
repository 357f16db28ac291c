import type { Command } from "commander";

import { type Operands, environmentCommand } from "./action.ts";
import { NotConfigured } from "../context/credentials.ts";
import { messageOf } from "@mam-infra/clients/message";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { deploymentOutcome } from "./deploy.ts";
import { overridable } from "../gate/overridable.ts";
import { confirmation } from "../deploy/confirmation.ts";
import { type Images, imagesOf } from "../platform/deployments.ts";
import { currentHistory } from "../deploy/record.ts";
import { repairLedger } from "../ledger/repair.ts";
import { parseOverride } from "../gate/gate.ts";
import type { History } from "../ledger/history.ts";
import { ledgerOf } from "../ledger/place.ts";
import { settingsOf } from "../ledger/settings.ts";
import { runningApp } from "../platform/running-app.ts";
import { unlessInVain } from "../rollback/in-vain.ts";
import { rollBackInEmergency } from "../rollback/emergency.ts";
import { rollBack } from "../rollback/rollback.ts";
import { chooseCourse } from "../rollback/target.ts";
import { renderLedger } from "../rollback/text.ts";

interface RollbackOptions extends Operands {
  readonly list: boolean;
  readonly repair: boolean;
  readonly yes: boolean;
  readonly emergency: boolean;
  readonly override: readonly string[];
}

/** `mam rollback`: goes back to an earlier release. */
export function declareRollback(program: Command): void {
  const command = environmentCommand<RollbackOptions>(
    program,
    "rollback",
    "goes back to the last good release, or to a named one",
    [
      "mam rollback production --list",
      "mam rollback production",
      "mam rollback production 20261124-013427-9f3a --yes",
      "mam rollback production --emergency",
    ],
    rollback,
    // In an emergency nobody waits: the platform refuses a deployment beside it.
    ({ list, emergency }) => !list && !emergency,
  );
  command
    .argument("[release]", "release of the ledger; the last good one without it")
    .option("--list", "shows the ledger and changes nothing", false)
    .option(
      "--repair",
      "with --list: takes out of the ledger what cannot be read, and keeps a copy",
      false,
    )
    .option("--yes", "goes on without a question", false)
    .option("--emergency", "by the platform's own rollback, without doctor, plan and gate", false);
  overridable(command);
}

async function rollback(
  session: Session,
  { list, repair, yes, emergency, override, operands: [release] }: RollbackOptions,
  progress: Progress,
): Promise<Outcome> {
  const { name } = session.environment.config;
  if (list) return listed(session, repair);
  if (repair)
    throw new NotConfigured(
      `--repair goes with --list\n  fix: mam rollback ${name} --list --repair`,
    );
  const confirm = confirmation({
    yes,
    command: ["mam rollback", name, release, emergency ? "--emergency" : undefined]
      .filter((part) => part !== undefined)
      .join(" "),
    question: `Roll ${name} back?`,
    input: process.stdin,
    output: session.output,
    interruption: session.interruption,
  });
  if (emergency) {
    const options = { release, confirm };
    return deploymentOutcome(name, await rollBackInEmergency(session, options, progress));
  }
  const { entries } = await historyOrWayOut(session);
  if (release === undefined) await unlessInVain(session, entries);
  const course = chooseCourse(entries, await running(session), release);
  const options = { confirm, overrides: override.map(parseOverride) };
  return deploymentOutcome(name, await rollBack(session, course, options, progress));
}

async function listed(session: Session, repair: boolean): Promise<Outcome> {
  const { name } = session.environment.config;
  const store = ledgerOf(session);
  const { copy } = repair ? await repairLedger(store, new Date()) : {};
  const { entries, oddities } = await currentHistory(store);
  const kept = copy === undefined ? "" : `The ledger was repaired. As it was: ${copy}\n`;
  const images = await running(session);
  const now = { running: images, settings: settingsOf(session.environment) };
  return {
    ok: true,
    data: { environment: name, running: images, releases: entries, oddities },
    text: `${kept}${renderLedger(name, { entries, oddities }, now)}`,
  };
}

/** The ledger. @throws Error that names the way back that needs none. */
async function historyOrWayOut(session: Session): Promise<History> {
  try {
    return await currentHistory(ledgerOf(session));
  } catch (cause) {
    const { name } = session.environment.config;
    if (cause instanceof NotConfigured) throw cause;
    throw new Error(
      `The ledger cannot be read: ${messageOf(cause)}\nWithout it: mam rollback ${name} --emergency`,
      { cause },
    );
  }
}

async function running(session: Session): Promise<Images> {
  const active = (await runningApp(session))?.active_deployment;
  return active ? imagesOf(active) : {};
}
