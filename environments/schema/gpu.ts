import { z } from "zod";

import { field, group, reason, wholeNumber } from "./field.ts";

/** Most machines of an environment. */
export const mostMachines = 10;

/** Machines with a graphics card that make previews beside the worker of the app; none without it. */
export const gpuSchema = field(
  group("Droplets with a graphics card that make previews beside the worker of the app.", {
    size: field(z.string().min(1), {
      meaning:
        "Size of each Droplet. Only cards with an encoder are of use: the RTX 4000 Ada, the RTX 6000 Ada and the L40S.",
      unit: "slug",
      examples: ["gpu-4000adax1-20gb", "gpu-6000adax1-48gb", "gpu-l40sx1-48gb"],
    }),
    count: field(wholeNumber(1, mostMachines), {
      meaning:
        "How many run. There is no scaling by load: each is billed by the hour until it is destroyed.",
      unit: "Droplets",
    }),
    reason: reason("Droplets are paid for that are billed while they idle and while they are off"),
  }).optional(),
  {
    meaning:
      "Droplets with a graphics card that make previews beside the worker of the app, from the same queue: docs/gpu.md. None without it.",
    unit: "group",
  },
);
