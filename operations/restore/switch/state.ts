import type { Progress } from "../../context/progress.ts";
import type { Session } from "../../context/session.ts";
import { importStanding } from "../../state/import.ts";
import { managedIn } from "../../terraform/managed.ts";
import { terraformRuntime } from "../../terraform/runtime.ts";
import { forget, prepare } from "../../terraform/stack.ts";
import { readState } from "../../terraform/states.ts";
import { synthesiseStacks } from "../../terraform/synthesis.ts";

const cluster = "digitalocean_database_cluster";

/** Types of what a cluster has, and what a deployment could not make again beside one that has it. */
const imported: readonly string[] = [
  cluster,
  "digitalocean_database_db",
  "digitalocean_database_user",
  "digitalocean_database_connection_pool",
];

/**
 * Addresses of a cluster in a state, with everything that is in it: database, users, pool, firewall, settings, log sinks.
 *
 * @param text the whole state.
 */
export function addressesOf(text: string, clusterId: string): string[] {
  return managedIn(text)
    .filter(
      ({ type, instances }) =>
        type.startsWith("digitalocean_database_") &&
        instances.some(({ id, cluster_id }) =>
          type === cluster ? id === clusterId : cluster_id === clusterId,
        ),
    )
    .map(({ address }) => address);
}

/**
 * Makes the state of the data stack forget the old cluster with all that is in it, and know the new one. No platform is
 * changed: the old cluster stands as it was. Begun again, it does what is left of it.
 */
export async function moveState(
  session: Session,
  old: { readonly id: string },
  progress: Progress,
): Promise<void> {
  const addresses = addressesOf((await readState(session, "data")) ?? "{}", old.id);
  if (addresses.length > 0) {
    await progress.step("taking the old cluster out of Terraform's state", async (tell) => {
      const { data } = await synthesiseStacks(session);
      const runtime = terraformRuntime(session, data);
      await prepare(data, runtime);
      addresses.forEach((address) => {
        tell(address);
      });
      await forget(data, runtime, addresses);
    });
  }
  await importStanding(session, ({ resource }) => imported.includes(resource.type), progress);
}
