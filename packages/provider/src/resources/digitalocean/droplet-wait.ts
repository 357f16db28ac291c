import { refusedWith } from "@mam-infra/clients/digitalocean/error";
import type { ResourceData } from "../../engine/data.ts";
import { failureOf, ProviderFailure } from "../../engine/failure.ts";
import type { TimeoutName } from "../../engine/behaviour.ts";
import type { DigitalOceanContext } from "./calls.ts";

// retry.StateChangeConf as waitForDropletAttribute sets it (2.99.1, droplet/resource_droplet.go): a first look after
// ten seconds, the next after three and more.
const FIRST_SECONDS = 10;
const TICK_SECONDS = 3;

/**
 * Waits until a Droplet has a status.
 *
 * @throws ProviderFailure when the operation's time is up or a look is refused.
 */
export async function waitForStatus(
  data: ResourceData,
  context: DigitalOceanContext,
  status: "active" | "off",
  operation: TimeoutName,
): Promise<void> {
  let waited = FIRST_SECONDS;
  await context.sleep(FIRST_SECONDS);
  for (;;) {
    const found = await statusOf(data, context);
    if (found === status) return;
    if (waited + TICK_SECONDS > data.timeoutSeconds(operation)) {
      throw new ProviderFailure(
        `timeout while waiting for state to become '${status}' (last state: '${found}')`,
      );
    }
    await context.sleep(TICK_SECONDS);
    waited += TICK_SECONDS;
  }
}

async function statusOf(data: ResourceData, { client }: DigitalOceanContext): Promise<string> {
  try {
    const { droplet } = await client.call("getDroplet", { droplet_id: data.id });
    return droplet.status;
  } catch (error) {
    throw failureOf("Error retrieving droplet", error);
  }
}

/** Waits until a Droplet is not found any more, a minute at most, as the provider does after its deletion. */
export async function waitUntilGone(
  data: ResourceData,
  { client, sleep }: DigitalOceanContext,
): Promise<void> {
  for (let waited = 0; waited < 60; waited += TICK_SECONDS) {
    try {
      const { droplet } = await client.call("getDroplet", { droplet_id: data.id });
      if (droplet.status === "archive") return;
    } catch (error) {
      if (refusedWith(error) === 404) return;
      throw failureOf("Error waiting for droplet to be destroyed", error);
    }
    await sleep(TICK_SECONDS);
  }
  throw new ProviderFailure("timeout while waiting for the droplet to be destroyed");
}
