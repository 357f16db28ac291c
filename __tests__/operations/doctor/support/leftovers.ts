import { PutObjectCommand } from "@aws-sdk/client-s3";

import type { StackPart } from "../../../../operations/terraform/stack-parts.ts";
import { newestState } from "../../../../rehearsal/stage/states.ts";
import type { TestPlatform } from "../../../support/platform.ts";
import type { Breakage, Broken } from "./breakage.ts";

/** A state that does not know resources which stand: what a Terraform leaves that is killed before it wrote them down. */
async function forget(platform: TestPlatform, part: StackPart, type: string): Promise<Broken> {
  const session = platform.session();
  const { backend } = session.environment.config.state;
  const put = (Body: string) => {
    const Bucket = backend.kind === "spaces" ? backend.bucket : "";
    const object = { Bucket, Key: `staging-${part}.tfstate`, Body };
    return session.connections.spaces().send(new PutObjectCommand(object));
  };
  const text = newestState(platform.cloud, part);
  const state = JSON.parse(text) as { resources: { type: string }[] };
  const resources = state.resources.filter((one) => one.type !== type);
  await put(JSON.stringify({ ...state, resources }));
  return { session, mend: () => put(text) };
}

export const leftoverBreakages: readonly Breakage[] = [
  {
    id: "digitalocean-leftovers",
    name: "a network that a killed Terraform had not written down",
    breaks: (platform) => forget(platform, "data", "digitalocean_vpc"),
    finds: [
      {
        severity: "error",
        resource: "the VPC mam-staging",
        expected: "in the state of staging-data",
        found: "it stands, and no state knows it",
        fix: expect.stringMatching(
          /^mam state import staging digitalocean_vpc\.vpc [0-9a-f-]{36}$/,
        ),
      },
    ],
  },
  {
    id: "wasabi-leftovers",
    name: "buckets that a killed Terraform had not written down",
    breaks: (platform) => forget(platform, "storage", "aws_s3_bucket"),
    finds: ["backups", "masters", "previews", "staging"].map((tier) => ({
      severity: "error",
      resource: `the bucket northlight-mam-staging-${tier}`,
      fix: `mam state import staging aws_s3_bucket.${tier} northlight-mam-staging-${tier}`,
    })),
  },
];
