import { gpuMonth, gpuSizes } from "../../environments/platform/gpu-sizes.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { MachineChanges } from "./machines.ts";

/** The same under a heading, for a terminal or in Markdown; empty where nothing becomes of them. */
export function renderMachines(config: EnvironmentConfig, changes: MachineChanges): string {
  const lines = machineLines(config, changes);
  return lines.length === 0
    ? ""
    : `\nmachines with a card\n${lines.map((line) => `${line}\n`).join("")}`;
}

/** What becomes of the machines, a line each, for whoever confirms it; nothing where nothing becomes of them. */
export function machineLines(
  { services }: EnvironmentConfig,
  { made, replaced, removed }: MachineChanges,
): string[] {
  const { gpu } = services.worker;
  const card = gpuSizes[gpu?.size ?? ""]?.card ?? "";
  const month = gpu && gpuMonth(gpu.size, gpu.count);
  const line = (what: string, numbers: readonly number[]) =>
    numbers.length === 0 ? [] : [`  ${what}: ${numbers.join(", ")}`];
  return [
    ...line(`+ make, with an ${card}`, made),
    ...line("± replace, one after the other, each shut down first", replaced),
    ...line("- remove", removed),
    ...(gpu && month !== undefined && made.length > 0
      ? [`  ${gpu.count} of them cost about $${month} a month, idle or not: ${gpu.reason ?? ""}`]
      : []),
  ];
}
