import type { TypeEffects } from "../effect.ts";

const lostRecords = "its records go too, also those outside of the plan";

/** DNS zones. */
export const domain: TypeEffects = {
  type: "digitalocean_domain",
  replaced: `the whole zone is deleted and made again: ${lostRecords}`,
  destroyed: `the whole zone is deleted: ${lostRecords}`,
  rows: [
    {
      argument: "name",
      planned: "replaced",
      drags: {
        digitalocean_app: "updated",
        digitalocean_project_resources: "updated",
        digitalocean_record: "replaced",
      },
    },
    {
      argument: "ip_address",
      kinds: ["removed"],
      planned: "replaced",
      outcome: "lags",
      drags: { digitalocean_project_resources: "updated" },
      lagging: ["digitalocean_record", "digitalocean_project_resources"],
      means: `removing ip_address deletes the whole zone, and makes it again without its records: ${lostRecords}`,
    },
    {
      argument: "ip_address",
      planned: "replaced",
      outcome: "lags",
      drags: { digitalocean_project_resources: "updated" },
      lagging: ["digitalocean_record", "digitalocean_project_resources"],
      means: `setting ip_address deletes the whole zone, and makes it again without its records: ${lostRecords}`,
    },
  ],
};

/** DNS records. */
export const record: TypeEffects = {
  type: "digitalocean_record",
  replaced: "the record is missing for seconds, and resolvers may remember that for longer",
  rows: [
    { argument: "type", planned: "replaced" },
    { argument: "tag", kinds: ["removed"], planned: "refused" },
    { argument: "name", kinds: ["emptied"], planned: "refused" },
    { argument: "name", kinds: ["respelled"], planned: "nothing" },
    { argument: "domain", kinds: ["respelled"], planned: "nothing" },
    { argument: "ttl", kinds: ["removed"], planned: "nothing" },
    { argument: "flags", kinds: ["removed"], planned: "nothing" },
    { argument: "domain", planned: "replaced" },
    { argument: "*", planned: "in place" },
  ],
};
