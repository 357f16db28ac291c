import { z } from "zod";

import { resourceName } from "../../constructs/naming.ts";
import { bucketPolicy, rolePolicy } from "../../constructs/storage/policies.ts";
import { type ServiceRole, serviceRoleNames } from "../../constructs/storage/service-roles.ts";
import { bucketName, storageTiers } from "../../constructs/storage/tiers.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { ResourceChange } from "../terraform/plan-json.ts";
import type { GateContext } from "./context.ts";
import type { PlannedResource } from "./planned.ts";
import { type PolicyDocument, parsePolicy } from "./policy.ts";

const userSchema = z.looseObject({ name: z.string(), arn: z.string() });

/** What the environment says a policy has to be; undefined for a policy that is not the environment's. */
export function ownPolicy(
  { environment: { config }, planned }: GateContext,
  { after }: PlannedResource,
): PolicyDocument | undefined {
  const holder = z.looseObject({ bucket: z.string().optional(), user: z.string().optional() });
  const { bucket, user } = holder.parse(after);
  const role = serviceRoleNames.find((one) => resourceName(config, one) === user);
  if (role) return parsePolicy(JSON.stringify(rolePolicy(config, role)));
  const tier = storageTiers.find((one) => bucketName(config, one) === bucket);
  const arns = userArns(
    config,
    planned.flatMap(({ saved }) => saved.plan.resource_changes),
  );
  return tier && arns && parsePolicy(JSON.stringify(bucketPolicy(config, tier, arns)));
}

/** ARN of each role's user; undefined before all of them exist. */
function userArns(
  config: EnvironmentConfig,
  changes: readonly ResourceChange[],
): Readonly<Record<ServiceRole, string>> | undefined {
  const users = changes
    .filter(({ type }) => type === "aws_iam_user")
    .flatMap(({ change: { after } }) => userSchema.safeParse(after).data ?? []);
  const arns = serviceRoleNames.map((role) => [
    role,
    users.find(({ name }) => name === resourceName(config, role))?.arn,
  ]);
  if (arns.some(([, arn]) => arn === undefined)) return undefined;
  // `fromEntries` forgets that every role is there.
  return Object.fromEntries(arns) as Record<ServiceRole, string>;
}
