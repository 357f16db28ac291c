import type { AlertAnswer } from "./alert.ts";
import { looks } from "./looks.ts";

/** Alert policies of machines with a card. The app's own workers go on meanwhile, so users only wait longer. */
export const dropletAnswers: readonly AlertAnswer[] = [
  {
    source: "droplet",
    key: "gpu memory",
    title: "A GPU machine is short of memory",
    meaning: "Previews are made again and come later.",
    looks: [looks.released, looks.glance, looks.droplets],
    mends: "A lower `services.worker.concurrency`, and `mam deploy`: each machine is made anew.",
  },
  {
    source: "droplet",
    key: "gpu disk",
    title: "The disk of a GPU machine fills",
    meaning: "It will stop making previews; the app's workers go on.",
    looks: [looks.released, looks.glance, looks.droplets],
    mends:
      "A machine holds nothing, so it is replaced: `doctl compute droplet delete <id>`, and `mam deploy <environment>` makes another.",
  },
];
