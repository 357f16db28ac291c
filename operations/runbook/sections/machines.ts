import { gpuMonth, gpuSizes } from "../../../environments/platform/gpu-sizes.ts";
import { machineName } from "../../../constructs/gpu/names.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { type Section, heading, list, text } from "../model.ts";

/** Machines with a card: what they are, and what is done with one; nothing where the environment has none. */
export function machinesSection(config: EnvironmentConfig): Section | undefined {
  const { gpu } = config.services.worker;
  if (!gpu) return undefined;
  const { name } = config;
  const card = gpuSizes[gpu.size]?.card ?? gpu.size;
  const month = gpuMonth(gpu.size, gpu.count);
  return {
    title: "Machines with a card",
    goals: [{ want: "replace a machine with a card", title: "Machines with a card" }],
    blocks: [
      text(
        `${gpu.count} × \`${gpu.size}\` (${card}) make previews beside the worker of the app, from the same queue${month === undefined ? "" : `, for about $${month} a month`}. Why: ${gpu.reason ?? ""} They hold nothing, nobody logs in to them, and without them previews take longer and are made all the same.`,
      ),
      heading("What is done with one"),
      list(
        `**Which runs, and on what?** \`mam status ${name}\`; with the image and the settings: \`mam verify ${name}\`.`,
        `**Drain one:** \`doctl compute droplet-action shutdown <id> --wait\`. Its worker gives back what it makes, and another goes on with it. It is billed until it is destroyed.`,
        `**Replace one:** \`doctl compute droplet delete <id>\`, then \`mam deploy ${name}\`: the next \`${machineName(config, 1)}\` is made, and waited for.`,
        `**A broken card:** \`mam verify ${name}\` names the machine; its jobs are done on its CPU meanwhile. Replace it.`,
        `**None is sold any more** (\`Size is not available\`): the release runs without; another \`services.worker.gpu.size\`, or none.`,
        `**Back to none:** remove \`services.worker.gpu\` from \`environments/${name}.ts\`, and \`mam deploy ${name}\`.`,
      ),
    ],
  };
}
