import { IAMClient, PutUserPolicyCommand } from "@aws-sdk/client-iam";

import { deployerName, deployerPolicy } from "../../../constructs/storage/deployer-policy.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import type { RehearsalCloud } from "../../harness/rehearsal-cloud.ts";

/** Gives the deployer of the cloud's environment its rights on another one too, as docs/deployer-access.md says. */
export async function allowDeployer(
  { endpoints, credentials, environment }: RehearsalCloud,
  config: EnvironmentConfig,
): Promise<void> {
  const { wasabiIam: endpoint } = endpoints;
  const iam = new IAMClient({ endpoint, region: "us-east-1", credentials: credentials.wasabiRoot });
  const UserName = deployerName(environment.config);
  const PolicyDocument = JSON.stringify(deployerPolicy(config));
  try {
    await iam.send(new PutUserPolicyCommand({ UserName, PolicyName: config.name, PolicyDocument }));
  } finally {
    iam.destroy();
  }
}
