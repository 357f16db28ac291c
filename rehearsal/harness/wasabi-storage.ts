import type { S3Client } from "@aws-sdk/client-s3";
import type { AccessKey } from "@mam-infra/clients/aws-sdk";
import { createWasabiStorage } from "@mam-infra/clients/wasabi";

import { regions } from "../../environments/platform/regions.ts";
import type { ScenarioContext } from "./scenario.ts";

/** Does something in the environment's storage with a key, and ends the connections. */
export async function withStorage(
  { cloud }: Pick<ScenarioContext, "cloud">,
  credentials: AccessKey,
  action: (storage: S3Client) => Promise<unknown>,
): Promise<void> {
  const { config } = cloud.environment;
  const storage = createWasabiStorage({
    region: regions[config.network.region].wasabi,
    endpoint: cloud.endpoints.wasabiS3,
    credentials,
    userAgent: "mam-rehearsal",
    sleep: (seconds: number) => cloud.clock.sleep(seconds),
  });
  try {
    await action(storage);
  } finally {
    storage.destroy();
  }
}
