import type { z } from "zod";

import { nameOf, postgresName } from "../../constructs/naming.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { databaseCluster } from "@mam-infra/clients/digitalocean/databases";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { everyPage } from "./every-page.ts";

type Cluster = z.output<typeof databaseCluster>;

/** The clusters of an environment, each undefined while it does not stand. */
export async function ownClusters(
  api: DigitalOcean,
  config: EnvironmentConfig,
): Promise<Readonly<Record<"postgres" | "valkey", Cluster | undefined>>> {
  const clusters = await everyPage(
    (query) => api.call("listDatabases", {}, { query }),
    ({ databases }) => databases,
  );
  const called = (wanted: string) => clusters.find(({ name }) => name === wanted);
  return {
    postgres: called(postgresName(config)),
    valkey: called(nameOf(config, "valkey")),
  };
}
