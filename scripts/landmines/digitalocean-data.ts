import { act, check, type Landmine, line, test } from "./landmine.ts";

const t = "__tests__";
const cloud = "packages/cloud/__tests__/digitalocean";

/** Networks, databases, domains and the state: those from the eleventh on. */
export const dataLandmines: readonly Landmine[] = [
  {
    what: "A cluster has no trusted sources when it is made, and none again when its firewall goes: it is open to the internet.",
    guards: [
      test(
        `${t}/stacks/data-stack.test.ts`,
        "whatever is made in a cluster is made after its firewall",
      ),
      check("database-firewall"),
      check("database-firewalls"),
    ],
  },
  {
    what: "Trusting the app covers its public address only: over the private network it times out.",
    guards: [
      test(
        `${t}/stacks/data-stack.test.ts`,
        "each cluster has exactly one firewall, whose only rule is the VPC",
      ),
      test(
        `${cloud}/apps/deployments/jobs.test.ts`,
        "an app rule covers the app's public address only, not its private one",
      ),
    ],
  },
  {
    what: "The bindable address of a database is its public host, and leaves the VPC.",
    guards: [
      test(
        `${t}/constructs/app/environment-variables.test.ts`,
        "no variable takes a host from a bindable, which is public even inside a VPC",
      ),
      check("private-hosts"),
    ],
  },
  {
    what: "An app joins VPCs of one datacentre of its region only; a database in another one is out of reach.",
    guards: [
      test(
        `${t}/stacks/app-stack.test.ts`,
        "the app joins the VPC of its region, with its databases",
      ),
      check("datacentre"),
    ],
  },
  {
    what: "Two firewalls of one cluster replace each other's rules for ever.",
    guards: [
      test(
        `${t}/stacks/data-stack.test.ts`,
        "each cluster has exactly one firewall, whose only rule is the VPC",
      ),
    ],
  },
  {
    what: "Another network, name or project of a cluster replaces it, with everything in it.",
    guards: [
      line("constructs/stateful.ts", "preventDestroy: !state.destroy.allowed"),
      check("stateful"),
      test(
        `${t}/stacks/data-stack.test.ts`,
        "the project has the clusters as members, and none of them belongs to it by force",
      ),
    ],
  },
  {
    what: "A cluster that takes longer than the provider waits is forgotten, runs on and costs money.",
    guards: [
      check("digitalocean-leftovers"),
      test(
        `${t}/operations/leftovers/leftovers.platform.test.ts`,
        "every resource type that a stack declares has a way back",
      ),
    ],
  },
  {
    what: "The provider does not wait for an upgrade, and asks for it again.",
    guards: [
      check("databases-at-rest"),
      test(
        `${cloud}/databases/lifecycle.test.ts`,
        "an upgrade shows the old version until it is done, and cannot be asked for twice",
      ),
    ],
  },
  {
    what: "Redis is no longer sold.",
    guards: [line("constructs/database/valkey.ts", 'engine: "valkey"'), check("valkey-plan")],
  },
  {
    what: "Valkey has no backups, refuses writes or drops jobs by its policy, and a misspelt policy is ignored.",
    guards: [
      test(
        `${t}/stacks/data-stack.test.ts`,
        "Valkey keeps jobs: it evicts nothing, writes snapshots, and speaks TLS",
      ),
      check("database-settings"),
    ],
  },
  {
    what: "Logs do not reach a cluster of OpenSearch that has trusted sources.",
    guards: [
      test(
        `${t}/constructs/app/log-destination.test.ts`,
        "OpenSearch takes an address, an index and a user with a password",
      ),
      test(
        `${cloud}/apps/spec/rules.test.ts`,
        "an OpenSearch cluster with trusted sources takes no logs: 400",
      ),
    ],
  },
  {
    what: "Empty blocks crash the provider.",
    guards: [
      test(
        `${t}/stacks/properties.test.ts`,
        "whatever the schema accepts is written, and fits the providers' schemas",
      ),
      check("left-out"),
    ],
  },
  {
    what: "A VPC cannot be deleted while a database is still leaving it, and the provider gives up early.",
    guards: [
      line("constructs/network/private-network.ts", 'timeouts: { delete: "15m" }'),
      test(
        `${cloud}/vpcs/vpc.test.ts`,
        "a network with members cannot be deleted: 409, also while its database is being destroyed",
      ),
      test(
        `${t}/operations/terraform/destruction.platform.test.ts`,
        "%s cannot be destroyed, for the reason that the page shows",
      ),
    ],
  },
  {
    what: "A record of one's own and App Platform both own a host, or CAA keeps its authorities out: the certificate never comes.",
    guards: [
      test(
        `${t}/stacks/app-stack.test.ts`,
        "the zone is protected, allows both certificate authorities, and no host has a second owner",
      ),
      check("certificate-authorities"),
      check("zone-records"),
    ],
  },
  {
    what: "A store that ignores conditional writes locks nothing, and says nothing.",
    guards: [
      check("state-lock"),
      test(
        "packages/cloud/__tests__/spaces/state-backend.test.ts",
        "on a store that ignores conditions Terraform goes ahead in spite of somebody else's lock",
      ),
    ],
  },
  {
    what: "What a person sets in the control panel and the provider does not know is gone after the next apply.",
    guards: [
      check("app-spec"),
      test(`${cloud}/apps/app.test.ts`, "an update replaces the whole specification"),
    ],
  },
  {
    what: "The client tries POST again after a 5xx: one resource may be made several times.",
    guards: [
      check("digitalocean-leftovers"),
      test(
        `${t}/operations/leftovers/leftovers.test.ts`,
        "of two that stand under one name the first is imported, and the other is deleted",
      ),
      test(
        `${t}/operations/leftovers/leftovers.test.ts`,
        "of two that stand under one name, of which a state knows the second, the first is deleted",
      ),
      act("storm"),
    ],
  },
];
