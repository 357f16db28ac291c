import type { EnvironmentConfig } from "../../environments/schema/environment.ts";

/** One of the environment's clusters, and what was bought. */
export interface ConfiguredCluster {
  readonly key: "postgres" | "valkey";
  readonly name: string;
  readonly engine: string;
  readonly version: string;
  readonly size: string;
  readonly nodes: number;
}

/** The environment's clusters as they are configured. */
export function configuredClusters({
  database,
  cache,
}: EnvironmentConfig): readonly ConfiguredCluster[] {
  const engine = database.edition === "advanced" ? "advanced_pg" : "pg";
  return [
    { key: "postgres", name: "PostgreSQL", ...bought(database), engine },
    { key: "valkey", name: "Valkey", ...bought(cache), engine: "valkey" },
  ];
}

function bought({ version, size, nodes }: Pick<ConfiguredCluster, "version" | "size" | "nodes">) {
  return { version, size, nodes };
}
