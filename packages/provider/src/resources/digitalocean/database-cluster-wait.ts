import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import type { ResourceData } from "../../engine/data.ts";
import { failureOf, ProviderFailure } from "../../engine/failure.ts";
import type { DigitalOceanContext } from "./calls.ts";

const TICK_SECONDS = 15;

/** A poll of a cluster; undefined when it is not there, which the provider waits through. */
async function pollStatus(data: ResourceData, { client }: DigitalOceanContext) {
  try {
    const { database } = await client.call("getDatabase", { cluster_id: data.id });
    return database.status ?? "";
  } catch (error) {
    if (refusedWith(error) === 404) return undefined;
    throw failureOf("Error trying to read database cluster state", error);
  }
}

/**
 * Waits until a cluster is online: a poll every 15 s, the first after 15 s, as long as the create
 * timeout allows. A cluster that is not found is waited for without end, as the provider does
 * (2.99.1, database/resource_database_cluster.go, waitForDatabaseCluster).
 *
 * @throws ProviderFailure when the time is up or a poll is refused.
 */
export async function waitUntilOnline(
  data: ResourceData,
  context: DigitalOceanContext,
): Promise<void> {
  const most = Math.floor(data.timeoutSeconds("create") / TICK_SECONDS);
  for (let polls = 0; ;) {
    await context.sleep(TICK_SECONDS);
    const status = await pollStatus(data, context);
    if (status === "online") return;
    if (status === undefined) continue;
    if (polls >= most)
      throw new ProviderFailure("Timeout waiting to database cluster to become online");
    polls += 1;
  }
}
