import { cpus, loadavg, totalmem } from "node:os";

import type { FoundEngines } from "../../packages/engines/src/index.ts";

/** Where and when something was measured, in a line: numbers of two machines, or of a busy one, do not compare. */
export function machineLine({ found }: FoundEngines, now = new Date()): string {
  const [cpu] = cpus();
  const programs = Object.entries(found).map(([name, engine]) => `${name} ${engine.version}`);
  return [
    now.toISOString().slice(0, 16),
    `${cpus().length} CPUs ${cpu?.model.trim() ?? "unknown"}`,
    `${Math.round(totalmem() / 1024 ** 3)} GiB`,
    `load ${loadavg()[0]?.toFixed(1)}`,
    `Node.js ${process.versions.node}`,
    ...programs,
  ].join(", ");
}
