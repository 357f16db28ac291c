import { datacentres } from "../regions.ts";
import type { Store } from "../store.ts";
import { isSold } from "../withdrawn.ts";
import { type Engine, engines } from "./model.ts";

/** Which sizes a cluster of so many nodes can have. */
interface Layout {
  readonly num_nodes: number;
  readonly sizes: readonly string[];
}

/** A version of an engine, with the dates at which it is no longer offered and no longer supported. */
interface VersionAvailability {
  readonly version: string;
  readonly end_of_availability: string | null;
  readonly end_of_life: string | null;
  readonly default: boolean;
}

/** What an engine is sold as. */
export interface EngineOptions {
  readonly regions: readonly string[];
  readonly versions: readonly VersionAvailability[];
  readonly layouts: readonly Layout[];
}

const everywhere = datacentres.map(({ slug }) => slug);

const sizes = (prefix: string, plans: string) =>
  plans.split(" ").map((plan) => `${prefix}-${plan}`);
const intelAndAmd = (plans: string) => [...sizes("db-intel", plans), ...sizes("db-amd", plans)];

const generalPurpose = sizes(
  "gd",
  "2vcpu-8gb 4vcpu-16gb 8vcpu-32gb 16vcpu-64gb 32vcpu-128gb 40vcpu-160gb",
);
const storageOptimized = sizes(
  "so1_5",
  "2vcpu-16gb 4vcpu-32gb 8vcpu-64gb 16vcpu-128gb 24vcpu-192gb 32vcpu-256gb",
);
const postgres = [
  ...sizes("db-s", "1vcpu-2gb 2vcpu-4gb 4vcpu-8gb 6vcpu-16gb"),
  ...generalPurpose,
  ...storageOptimized,
  ...intelAndAmd("1vcpu-2gb 2vcpu-4gb 2vcpu-8gb 4vcpu-8gb 4vcpu-16gb 8vcpu-32gb 16vcpu-64gb"),
];
const advanced = [
  ...generalPurpose,
  ...storageOptimized,
  ...generalPurpose.slice(0, -1).map((size) => `${size}-intel`),
  ...storageOptimized.map((size) => `${size}-intel`),
  "gd-48vcpu-192gb-intel",
  "so1_5-48vcpu-256gb",
  "so1_5-48vcpu-384gb-intel",
  "c-96-intel",
];
const valkey = [
  ...sizes("db-s", "1vcpu-2gb 2vcpu-4gb 4vcpu-8gb 6vcpu-16gb 8vcpu-32gb 16vcpu-64gb"),
  ...sizes("m", "2vcpu-16gb 4vcpu-32gb 8vcpu-64gb 16vcpu-128gb 24vcpu-192gb 32vcpu-256gb"),
];
const opensearch = [
  "gd-2vcpu-8gb",
  "gd-4vcpu-16gb",
  ...sizes("m3", "2vcpu-16gb 4vcpu-32gb 8vcpu-64gb"),
];
const smallOpensearch = sizes("db-s", "2vcpu-4gb 4vcpu-8gb");

const layouts = (single: readonly string[], several: readonly string[]): Layout[] =>
  [1, 2, 3].map((nodes) => ({
    num_nodes: nodes,
    sizes: nodes === 1 ? [...single, ...several] : several,
  }));

const version = (
  name: string,
  availability: string | null,
  life: string | null,
  isDefault = false,
): VersionAvailability => ({
  version: name,
  end_of_availability: availability && `${availability}T00:00:00Z`,
  end_of_life: life && `${life}T00:00:00Z`,
  default: isDefault,
});

/**
 * What is sold. Source: DigitalOcean API description, the example of `databases/responses/options.yml`; the live list
 * is GET /v2/databases/options.
 */
export const databaseOptions: Readonly<Record<Engine, EngineOptions>> = {
  pg: {
    regions: everywhere,
    versions: [
      version("13", "2025-05-13", "2025-11-13"),
      version("14", "2026-05-12", "2026-11-12"),
      version("15", "2027-05-12", "2027-11-11"),
      version("16", "2028-05-09", "2028-11-09"),
      version("17", "2029-05-08", "2029-11-08", true),
    ],
    layouts: layouts(["db-s-1vcpu-1gb", ...intelAndAmd("1vcpu-1gb")], postgres),
  },
  advanced_pg: {
    regions: everywhere,
    versions: [
      version("16", "2028-05-09", "2028-11-09"),
      version("17", "2029-05-08", "2029-11-08"),
      version("18", "2030-05-13", "2030-11-13", true),
    ],
    layouts: layouts([], advanced),
  },
  valkey: {
    regions: everywhere.filter((slug) => slug !== "nyc2"),
    versions: [version("8", null, null, true)],
    layouts: layouts(["db-s-1vcpu-1gb"], valkey),
  },
  opensearch: {
    regions: everywhere,
    versions: [version("1", null, null), version("2", null, null, true)],
    layouts: [
      { num_nodes: 1, sizes: ["db-s-1vcpu-2gb", ...smallOpensearch, ...opensearch] },
      { num_nodes: 3, sizes: [...smallOpensearch, ...opensearch] },
      ...[6, 9, 15].map((nodes) => ({ num_nodes: nodes, sizes: opensearch })),
    ],
  },
};

/** What of an engine an account can still buy. */
export function offeredOptions(store: Pick<Store, "withdrawn">, engine: Engine): EngineOptions {
  const { regions, versions, layouts: rows } = databaseOptions[engine];
  return {
    regions: regions.filter((slug) => isSold(store, slug)),
    versions: versions.filter((one) => isSold(store, `${engine} ${one.version}`)),
    layouts: rows.map(({ num_nodes, sizes: slugs }) => ({
      num_nodes,
      sizes: slugs.filter((slug) => isSold(store, slug)),
    })),
  };
}

/** The options as GET /v2/databases/options answers them. */
export function describeOptions(store: Pick<Store, "withdrawn">) {
  const entries = engines.map((engine) => [engine, offeredOptions(store, engine)] as const);
  return {
    options: Object.fromEntries(
      entries.map(([engine, { regions, versions, layouts: rows }]) => [
        engine,
        {
          regions,
          versions: versions.map((one) => one.version),
          layouts: rows,
        },
      ]),
    ),
    version_availability: Object.fromEntries(
      entries.map(([engine, { versions }]) => [
        engine,
        // Which of them is taken where none is named, no answer says.
        versions.map(({ version: name, end_of_life, end_of_availability }) => ({
          version: name,
          end_of_life,
          end_of_availability,
        })),
      ]),
    ),
  };
}
