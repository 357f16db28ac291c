import { machineName } from "../../constructs/gpu/names.ts";
import { type WorkerSources, workerSettings } from "../../constructs/gpu/worker-settings.ts";
import type { Violation } from "../context/check.ts";
import type { StandingMachine } from "./standing.ts";

/** What is not as it should be about a machine. */
export type Violating = (sources: WorkerSources, machine: StandingMachine) => Violation[];

function nameOf({ config }: WorkerSources, { number, machine }: StandingMachine): string {
  return `${machineName(config, number)}${machine ? ` (Droplet ${machine.droplet})` : ""}`;
}

/** A machine that is missing, that nobody asks for, or whose worker is silent. */
export const absent: Violating = (sources, machine) => {
  const resource = nameOf(sources, machine);
  if (!machine.machine) return [{ resource, expected: "a machine", found: "none" }];
  if (!machine.isAsked) return [{ resource, expected: "none", found: "a machine" }];
  if (machine.isRunning) return [];
  const found = machine.report ? `none since ${machine.report.at}` : "none, ever";
  return [{ resource, expected: "a report of the last three minutes", found }];
};

/** A machine that runs another image, or was made from other settings. */
export const otherwiseMade: Violating = (sources, machine) => {
  const { report, isRunning, isAsked } = machine;
  if (!report || !isRunning || !isAsked) return [];
  const resource = nameOf(sources, machine);
  const compared = [
    ["image", sources.release.images.worker, report.digest],
    ["settings", workerSettings(sources), report.settings],
  ] as const;
  return compared
    .filter(([, expected, found]) => expected !== found)
    .map(([what, expected, found]) => ({ resource: `${what} of ${resource}`, expected, found }));
};

/** A machine whose card does not do its work. */
export const withoutCard: Violating = (sources, machine) => {
  const { report, isRunning } = machine;
  if (!report || !isRunning) return [];
  const resource = nameOf(sources, machine);
  const { encoder, reason = "no reason is given", fellBack = 0 } = report;
  if (encoder === "cpu") return [{ resource, expected: "the card", found: `the CPU: ${reason}` }];
  if (fellBack === 0) return [];
  const expected = "no job that fails on the card";
  return [{ resource, expected, found: `${fellBack}, done on the CPU` }];
};
