import { serviceRoleNames, serviceRoles } from "../../constructs/storage/service-roles.ts";
import { storageTiers } from "../../constructs/storage/tiers.ts";
import type { EnvironmentConfig } from "../../environments/schema.ts";
import { storageAccess, tablePrincipals } from "../storage-access.ts";
import { code, generatedPage, table } from "./markdown.ts";

const introduction = `
Who may do what to media. Every cell is the outcome of evaluating the real policies, the identity policy of whoever asks
and the policy of the bucket, as S3 does: a Deny beats every Allow, and silence refuses.

- **yes**: allowed.
- **no**: refused because nothing allows it.
- **never**: denied by the bucket's own policy, which holds even if an identity policy is wrong.

Nobody, an administrator included, gets anything over plain HTTP or makes anything public. The test of the same name
covers every S3 action on every bucket for every principal, with awkward keys.
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
    "",
  ].join("\n\n");
}
