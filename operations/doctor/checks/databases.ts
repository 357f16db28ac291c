import { nameOf, postgresName } from "../../../constructs/naming.ts";
import { regions } from "../../../environments/platform/regions.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import type { Answer } from "@mam-infra/clients/digitalocean/endpoints";
import type { Check, Violation } from "../../context/check.ts";
import type { DoctorContext } from "../context.ts";
import { needing } from "../needing.ts";

/** A cluster as the environment asks for it, in the API's words. */
interface WantedCluster {
  readonly name: string;
  /** Section of the environment file. */
  readonly section: "database" | "cache";
  readonly engine: string;
  readonly version: string;
  readonly size: string;
  readonly nodes: number;
  readonly region: string;
}

type Options = Answer<"getDatabaseOptions">;

/** Whether the clusters that would be made or changed are still sold. */
export const databaseChecks: readonly Check<DoctorContext>[] = needing("digitalOcean", [
  {
    id: "postgres-plan",
    severity: "error",
    what: "PostgreSQL is sold in the environment's edition, version, size and number of nodes.",
    why: "The cluster would be refused, and with it everything that needs it.",
    fix: "choose another plan in the section `database` of the environment file",
    run: (context) => lookAtPlan(context, wantedPostgres(context.session.environment.config)),
  },
  {
    id: "valkey-plan",
    severity: "error",
    what: "Valkey is sold in the environment's version, size and number of nodes.",
    why: "The cluster would be refused, and with it everything that needs it.",
    fix: "choose another plan in the section `cache` of the environment file",
    run: (context) => lookAtPlan(context, wantedValkey(context.session.environment.config)),
  },
]);

function wantedPostgres(config: EnvironmentConfig): WantedCluster {
  const { edition, version, size, nodes } = config.database;
  return {
    name: postgresName(config),
    section: "database",
    engine: edition === "advanced" ? "advanced_pg" : "pg",
    ...{ version, size, nodes },
    region: regions[config.network.region].datacentre,
  };
}

function wantedValkey(config: EnvironmentConfig): WantedCluster {
  const { version, size, nodes } = config.cache;
  return {
    name: nameOf(config, "valkey"),
    section: "cache",
    engine: "valkey",
    ...{ version, size, nodes },
    region: regions[config.network.region].datacentre,
  };
}

async function lookAtPlan(context: DoctorContext, wanted: WantedCluster): Promise<Violation[]> {
  const standing = (await context.clusters()).find(({ name }) => name === wanted.name);
  const { engine, version, size, num_nodes } = standing ?? {};
  // What was bought stays, whether it is still sold or not.
  const isKept =
    [engine, size, num_nodes].join() === [wanted.engine, wanted.size, wanted.nodes].join();
  if (isKept && version === wanted.version) return [];
  return unsold(await context.databaseOptions(), wanted, new Date());
}

/** What of a plan is not sold. */
function unsold(options: Options, wanted: WantedCluster, now: Date): Violation[] {
  const { engine, section, region, version, size, nodes } = wanted;
  const resource = `the plan of ${wanted.name}`;
  const offer = options.options[engine];
  if (!offer) {
    const expected = `one of ${Object.keys(options.options).join(", ")}`;
    return [{ resource, expected, found: `engine ${engine}` }];
  }
  const versions = versionsAt(options, engine, now);
  const sizes = offer.layouts?.find((layout) => layout.num_nodes === nodes)?.sizes;
  const observe = (path: string, expected: readonly string[] | undefined, found: string) =>
    expected?.includes(found)
      ? []
      : [
          {
            resource: `${resource}: ${path}`,
            expected: `one of ${expected?.join(", ") ?? "none"}`,
            found,
            fix: `change ${path} in the environment file`,
          },
        ];
  const layouts = offer.layouts?.map((layout) => String(layout.num_nodes));
  return [
    ...observe("network.region", offer.regions ?? [], region),
    ...observe(`${section}.version`, versions, version),
    ...(sizes
      ? observe(`${section}.size`, sizes, size)
      : observe(`${section}.nodes`, layouts, String(nodes))),
  ];
}

/** Versions that a new cluster can have. */
function versionsAt(
  { options, version_availability: availability }: Options,
  engine: string,
  now: Date,
) {
  const ended = (availability?.[engine] ?? [])
    .filter(({ end_of_availability: end }) => end && new Date(end) <= now)
    .map(({ version }) => version);
  return (options[engine]?.versions ?? []).filter((version) => !ended.includes(version));
}
