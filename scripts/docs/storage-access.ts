import { serviceRoleNames, serviceRoles } from "../../constructs/storage/service-roles.ts";
import { type StorageTier, storageTiers } from "../../constructs/storage/tiers.ts";
import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import { s3Actions } from "@mam-infra/cloud/wasabi/s3-actions";
import { storageAccess, tablePrincipals } from "../storage-access.ts";
import { code, generatedPage, table } from "./markdown.ts";

const introduction = `
Who may do what to media. Every cell is the outcome of evaluating the real policies, the identity policy of whoever asks
and the policy of the bucket, as S3 does: a Deny beats every Allow, and silence refuses.

- **yes**: allowed.
- **no**: refused because nothing allows it.
- **never**: denied by the bucket's own policy, which holds even if an identity policy is wrong.

Nobody, an administrator included, gets anything over plain HTTP or makes anything public. The test of the same name
covers every S3 action on every bucket for every principal, with awkward keys. Another one gives every service a policy
of its own that allows everything, and plays the calls that destroy against the embedded Wasabi: all are refused.
`;

const actions: readonly [action: string, onObject: boolean][] = [
  ["s3:GetObject", true],
  ["s3:PutObject", true],
  ["s3:AbortMultipartUpload", true],
  ["s3:DeleteObject", true],
  ["s3:DeleteObjectVersion", true],
  ["s3:PutObjectAcl", true],
  ["s3:ListBucket", false],
  ["s3:PutBucketPolicy", false],
];

const destruction = `
## What no service may do

Each of these is **never** for every service in every bucket, whatever its own policy says: they change who may do what,
what is kept and for how long, or take the bucket away. An administrator may, and does it by a deployment.
`;

/** The actions that all services are denied in every tier, or in those that hold what cannot be made again. */
function deniedToServices(config: EnvironmentConfig): string {
  const decide = storageAccess(config, "everything");
  const isDenied = (action: string, level: string, tiers: readonly StorageTier[]) =>
    tiers.every((tier) =>
      serviceRoleNames.every((principal) => {
        const cell = { principal, action, tier, ...(level === "object" ? { key: "a" } : {}) };
        return decide(cell).outcome === "explicitly-denied";
      }),
    );
  const deniedIn = (tiers: readonly StorageTier[]) =>
    [...s3Actions]
      .filter(([action, level]) => level !== "account" && isDenied(action, level, tiers))
      .map(([action]) => action);
  const everywhere = deniedIn(storageTiers);
  const list = (denied: readonly string[]) =>
    denied.map((action) => code(action.replace("s3:", ""))).join(", ");
  const further = deniedIn(["masters", "backups"]).filter((action) => !everywhere.includes(action));
  return `${destruction}\n${list(everywhere)}.\n\nIn masters and backups besides: ${list(further)}.`;
}

const words = {
  allowed: "**yes**",
  "implicitly-denied": "no",
  "explicitly-denied": "never",
} as const;

/** The truth table of storage access. */
export function storageAccessPage(config: EnvironmentConfig): string {
  const decide = storageAccess(config);
  const sections = storageTiers.map((tier) => {
    const rows = tablePrincipals.map((principal) => [
      principal,
      ...actions.map(([action, onObject]) => {
        const cell = { principal, action, tier, ...(onObject ? { key: "asset/clip.mov" } : {}) };
        return words[decide(cell).outcome];
      }),
    ]);
    const header = ["", ...actions.map(([action]) => code(action.replace("s3:", "")))];
    return `## ${tier}\n\n${table(header, rows)}`;
  });
  const roles = serviceRoleNames.map((role) => [code(role), serviceRoles[role].purpose]);
  return [
    generatedPage("Storage access", introduction),
    table(["Role", "Purpose"], roles),
    ...sections,
    deniedToServices(config),
    "",
  ].join("\n\n");
}
