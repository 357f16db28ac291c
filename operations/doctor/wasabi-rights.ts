import { ListUsersCommand } from "@aws-sdk/client-iam";
import { ListBucketsCommand } from "@aws-sdk/client-s3";

import { errorCode } from "@mam-infra/clients/aws-error";
import { resourceName } from "../../constructs/naming.ts";
import { serviceRoleNames } from "../../constructs/storage/service-roles.ts";
import { bucketArns, bucketName, storageTiers } from "../../constructs/storage/tiers.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Clients } from "../context/clients.ts";
import { policiesOfUser } from "./held-policies.ts";
import { type HeldPolicies, type AccessDecision, decideAccess } from "./access-decision.ts";

/** Whom a Wasabi key belongs to. */
export interface WasabiCaller {
  readonly account: string;
  /** `arn:aws:iam::<account>:root` or `…:user/<name>`. */
  readonly arn: string;
}

/** What became known of a right that the storage stack needs. */
export interface RightDecision extends AccessDecision {
  /** Such as `iam:CreateUser`. */
  readonly right: string;
}

/** Rights that read, each shown by a list. */
const reading: readonly {
  readonly right: string;
  readonly ask: (clients: Clients) => Promise<unknown>;
}[] = [
  {
    right: "iam:ListUsers",
    ask: (clients) => clients.wasabiIam().send(new ListUsersCommand({ MaxItems: 1 })),
  },
  {
    right: "s3:ListAllMyBuckets",
    ask: (clients) => clients.wasabiStorage().send(new ListBucketsCommand({})),
  },
];

/**
 * Rights that create, and what is created. Asking for one would be creating: whether a key has them is read in the
 * policies of its user. Wasabi simulates no policies (docs.wasabi.com/apidocs/iam-and-sts-support).
 */
const creating: readonly {
  readonly right: string;
  readonly arns: (config: EnvironmentConfig, account: string) => readonly string[];
}[] = [
  {
    right: "iam:CreateUser",
    arns: (config, account) =>
      serviceRoleNames.map((role) => `arn:aws:iam::${account}:user/${resourceName(config, role)}`),
  },
  {
    right: "s3:CreateBucket",
    arns: (config) => storageTiers.map((tier) => bucketArns(bucketName(config, tier)).bucket),
  },
];

/**
 * What is known of each right that the storage stack needs, by calls that read and nothing else.
 *
 * @throws Error of Wasabi when it does not answer, or does not know the key.
 */
export async function decideRights(
  clients: Clients,
  caller: WasabiCaller,
  config: EnvironmentConfig,
): Promise<RightDecision[]> {
  const [lists, policies] = await Promise.all([
    Promise.all(
      reading.map(async ({ right, ask }) => ({ right, ...(await answer(ask, clients)) })),
    ),
    policiesOf(clients, caller),
  ]);
  const creations = creating.map(({ right, arns }) => ({
    right,
    ...decideAll(arns(config, caller.account), right, caller, policies),
  }));
  return [...lists, ...creations];
}

async function answer(
  ask: (clients: Clients) => Promise<unknown>,
  clients: Clients,
): Promise<AccessDecision> {
  try {
    await ask(clients);
    return { outcome: "allowed", because: "answered" };
  } catch (error) {
    const code = errorCode(error);
    if (code?.startsWith("AccessDenied")) return { outcome: "refused", because: code };
    throw error;
  }
}

/** The policies of a key's owner; undefined for the account's root, whom none limits. */
async function policiesOf(
  clients: Clients,
  { arn }: WasabiCaller,
): Promise<HeldPolicies | undefined> {
  if (arn.endsWith(":root")) return undefined;
  const [, user] = /:user\/(?:.*\/)?([^/]+)$/.exec(arn) ?? [];
  return user === undefined
    ? { read: [], unread: [`${arn} is no user, whose policies could be read`] }
    : policiesOfUser(clients.wasabiIam(), user);
}

function decideAll(
  resources: readonly string[],
  action: string,
  { arn: caller }: WasabiCaller,
  policies: HeldPolicies | undefined,
): AccessDecision {
  if (!policies) return { outcome: "allowed", because: "no policy limits the account's root" };
  const decisions = resources.map((resource) => ({
    resource,
    ...decideAccess({ caller, action, resource }, policies),
  }));
  const of = (outcome: AccessDecision["outcome"]) =>
    decisions.find((one) => one.outcome === outcome);
  const refused = of("refused");
  if (refused) return { outcome: "refused", because: `${refused.because}: ${refused.resource}` };
  return of("undecided") ?? { outcome: "allowed", because: "allowed for all of them" };
}
