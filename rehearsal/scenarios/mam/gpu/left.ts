import { ListObjectsV2Command } from "@aws-sdk/client-s3";

import { statusPrefix } from "../../../../constructs/gpu/names.ts";
import { bucketName } from "../../../../constructs/storage/tiers.ts";
import { listVersions } from "../../../../operations/context/object-versions.ts";
import { createSpaces } from "@mam-infra/clients/spaces";
import { withStorage } from "../../../harness/wasabi-storage.ts";
import type { ScenarioContext } from "../../../harness/scenario.ts";

type Stage = Pick<ScenarioContext, "cloud">;

/** Every version of what machines were told that still lies in the state bucket. */
export async function leftOfBundles({ cloud }: Stage): Promise<string[]> {
  const { backend } = cloud.environment.config.state;
  if (backend.kind !== "spaces") return ["the states lie elsewhere"];
  const spaces = createSpaces({
    region: "us-east-1",
    endpoint: cloud.endpoints.spaces,
    credentials: cloud.credentials.spaces,
    userAgent: "mam-rehearsal",
    sleep: (seconds: number) => cloud.clock.sleep(seconds),
  });
  try {
    const found = await listVersions(spaces, backend.bucket, "gpu-bootstrap/");
    return found.filter(({ isMarker }) => !isMarker).map(({ key }) => key);
  } finally {
    spaces.destroy();
  }
}

/** Whatever stands of machines, of what is around them, and of what they said. */
export async function leftOfMachines(stage: Stage): Promise<string[]> {
  const { store } = stage.cloud.digitalOcean;
  return [
    ...store.droplets.map(({ name }) => name),
    ...store.firewalls.map(({ name }) => name),
    ...store.tags.map(({ name }) => name),
    ...store.alertPolicies
      .filter(({ type }) => type.includes("droplet"))
      .map(({ description }) => description),
    ...store.assignments.filter(({ urn }) => urn.includes("droplet")).map(({ urn }) => urn),
    ...(await reports(stage)),
  ];
}

async function reports(stage: Stage): Promise<string[]> {
  const { cloud } = stage;
  const found: string[] = [];
  await withStorage(stage, cloud.credentials.wasabiRoot, async (storage) => {
    const Bucket = bucketName(cloud.environment.config, "previews");
    const { Contents = [] } = await storage.send(
      new ListObjectsV2Command({ Bucket, Prefix: statusPrefix }),
    );
    found.push(...Contents.map(({ Key = "" }) => Key));
  });
  return found;
}
