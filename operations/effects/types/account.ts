import type { TypeEffects } from "../effect.ts";
import { ofCluster } from "./database.ts";

const rebuilt = {
  planned: "replaced",
  drags: { digitalocean_database_cluster: "replaced", ...ofCluster },
} as const;

/** Private networks. */
export const vpc: TypeEffects = {
  type: "digitalocean_vpc",
  replaced:
    "the network is made anew, and every cluster in it with it: all databases go, their backups too",
  destroyed: "the network goes, and nothing in it can be reached any more",
  rows: [
    {
      argument: "ip_range",
      kinds: ["removed"],
      planned: "nothing",
      means: "the network keeps its range",
    },
    { argument: "ip_range", ...rebuilt },
    { argument: "region", ...rebuilt },
    {
      argument: "description",
      kinds: ["removed", "emptied"],
      planned: "in place",
      outcome: "repeats",
      means: "it is never sent: the old text stays, and every plan shows the same difference again",
    },
    { argument: "timeouts", planned: "nothing" },
    { argument: "*", planned: "in place" },
  ],
};

/** Projects of the control panel. */
export const project: TypeEffects = {
  type: "digitalocean_project",
  rows: [
    { argument: "environment", kinds: ["respelled"], planned: "nothing" },
    { argument: "purpose", kinds: ["removed"], planned: "nothing" },
    { argument: "*", planned: "in place" },
  ],
};

/** What belongs to a project. */
export const projectResources: TypeEffects = {
  type: "digitalocean_project_resources",
  destroyed: "its members go to the account's default project; nothing stops working",
  rows: [
    { argument: "project", planned: "replaced" },
    { argument: "resources", kinds: ["respelled"], planned: "nothing" },
    {
      argument: "resources",
      planned: "in place",
      means: "what is taken out goes to the account's default project; nothing stops working",
    },
  ],
};
