import { type ServiceRole, serviceRoleNames } from "../../../constructs/storage/service-roles.ts";
import { type StorageTier, storageTiers } from "../../../constructs/storage/tiers.ts";
import { production } from "../../../environments/production.ts";
import { s3Actions } from "@mam-infra/cloud/wasabi/s3-actions";
import {
  type AccessCell,
  type TablePrincipal,
  storageAccess,
  tablePrincipals,
} from "../../../scripts/storage-access.ts";
import { checked } from "../../support/environments.ts";

const decide = storageAccess(checked(production));
const outcome = (cell: AccessCell) => decide(cell).outcome;

const actions = [...s3Actions].filter(([, level]) => level !== "account");
const keys = ["asset/clip.mov", "-staging/x", "*", "ünï cödé/..", ""];

const write = ["s3:PutObject", "s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"];
const read = ["s3:GetObject"];

/** Written out by hand, so that the table holds the policies to what was meant and not to themselves. */
const allowed: Readonly<Record<ServiceRole, Partial<Record<StorageTier, readonly string[]>>>> = {
  uploader: { staging: write },
  promoter: { staging: read, masters: write },
  transcoder: { masters: read, previews: write },
  "edge-reader": { previews: read },
  "backup-writer": { backups: write },
};

const cellsOf = (principal: TablePrincipal): AccessCell[] =>
  storageTiers.flatMap((tier) =>
    actions.flatMap(([action, level]): AccessCell[] =>
      level === "object"
        ? keys.map((key) => ({ principal, action, tier, key }))
        : [{ principal, action, tier }],
    ),
  );

test.each(serviceRoleNames)("%s may do its own step of the pipeline and nothing else", (role) => {
  const wrong = cellsOf(role).filter((cell) => {
    const isAllowed = allowed[role][cell.tier]?.includes(cell.action) ?? false;
    return (outcome(cell) === "allowed") !== isAllowed;
  });

  expect(wrong).toEqual([]);
});

test("the table has every cell of every principal", () => {
  const cells = tablePrincipals.flatMap(cellsOf);

  expect(cells.length).toBeGreaterThan(3000);
});

test("nobody gets anything without credentials", () => {
  expect(cellsOf("anonymous").filter((cell) => outcome(cell) === "allowed")).toEqual([]);
});

test("nobody gets anything over plain HTTP, not even an administrator", () => {
  const open = tablePrincipals
    .flatMap(cellsOf)
    .filter(
      (cell) => outcome({ ...cell, context: { "aws:SecureTransport": "false" } }) === "allowed",
    );

  expect(open).toEqual([]);
});

/** Every action that changes who may do what, what is kept, or for how long: by name, as the platform calls it. */
const destructive: readonly string[] = [
  // who may do what
  ...["s3:PutBucketPolicy", "s3:DeleteBucketPolicy", "s3:PutBucketAcl", "s3:PutObjectAcl"],
  ...["s3:PutObjectVersionAcl", "s3:PutBucketPublicAccessBlock", "s3:PutBucketOwnershipControls"],
  ...["s3:PutBucketCORS", "s3:PutBucketWebsite", "s3:DeleteBucketWebsite"],
  // object lock and retention
  ...["s3:PutBucketObjectLockConfiguration", "s3:PutObjectRetention", "s3:PutObjectLegalHold"],
  "s3:BypassGovernanceRetention",
  // versioning, lifecycle, replication
  ...["s3:PutBucketVersioning", "s3:PutLifecycleConfiguration", "s3:PutReplicationConfiguration"],
  ...["s3:ReplicateObject", "s3:ReplicateDelete", "s3:ReplicateTags"],
  // what else belongs to the bucket
  ...["s3:DeleteBucket", "s3:PutBucketLogging", "s3:PutBucketNotification"],
  ...["s3:PutBucketRequestPayment", "s3:PutBucketTagging", "s3:PutAccelerateConfiguration"],
  ...["s3:PutAnalyticsConfiguration", "s3:PutEncryptionConfiguration"],
  ...["s3:PutIntelligentTieringConfiguration", "s3:PutInventoryConfiguration"],
  "s3:PutMetricsConfiguration",
];

const deletions = ["s3:DeleteObject", "s3:DeleteObjectVersion"];

/** What only concerns the bytes and tags of an object, or only reads. */
const harmless = (action: string) =>
  /^s3:(Get|List)/.test(action) ||
  [
    ...["s3:PutObject", "s3:AbortMultipartUpload", "s3:RestoreObject", "s3:PutObjectTagging"],
    ...["s3:PutObjectVersionTagging", "s3:DeleteObjectTagging", "s3:DeleteObjectVersionTagging"],
    "s3:ObjectOwnerOverrideToBucketOwner",
  ].includes(action);

const decideWithWrongPolicies = storageAccess(checked(production), "everything");

test("every action of S3 is judged: it destroys, deletes objects, or does neither", () => {
  const judged = (action: string) =>
    [destructive.includes(action), deletions.includes(action), harmless(action)].filter(Boolean);

  expect(actions.filter(([action]) => judged(action).length !== 1)).toEqual([]);
});

test.each(serviceRoleNames.flatMap((role) => storageTiers.map((tier) => [role, tier] as const)))(
  "%s is refused every destructive action in %s, whatever its own policy says",
  (role, tier) => {
    const refused =
      tier === "masters" || tier === "backups" ? [...destructive, ...deletions] : destructive;
    const open = cellsOf(role)
      .filter((cell) => cell.tier === tier && refused.includes(cell.action))
      .filter((cell) => decideWithWrongPolicies(cell).outcome !== "explicitly-denied");

    expect(open).toEqual([]);
  },
);

test("a service whose own policy allows everything still has nothing but objects of its own tiers", () => {
  const allowedActions = (role: ServiceRole) =>
    cellsOf(role)
      .filter((cell) => decideWithWrongPolicies(cell).outcome === "allowed")
      .map(({ tier, action }) => ({ tier, action }));

  for (const role of serviceRoleNames) {
    for (const { tier, action } of allowedActions(role)) {
      expect(Object.keys(allowed[role])).toContain(tier);
      expect(harmless(action) || deletions.includes(action)).toBe(true);
    }
  }
});

test("an administrator can still mend buckets, and delete a master on purpose", () => {
  for (const action of ["s3:PutBucketPolicy", "s3:PutLifecycleConfiguration"]) {
    expect(outcome({ principal: "administrator", action, tier: "masters" })).toBe("allowed");
  }
  expect(
    outcome({ principal: "administrator", action: "s3:DeleteObject", tier: "masters", key: "x" }),
  ).toBe("allowed");
});

test.each(storageTiers)("nobody makes an object or the bucket of %s public", (tier) => {
  for (const principal of tablePrincipals) {
    for (const action of ["s3:PutObjectAcl", "s3:PutObjectVersionAcl"]) {
      expect(outcome({ principal, action, tier, key: "x" })).not.toBe("allowed");
    }
    expect(outcome({ principal, action: "s3:PutBucketAcl", tier })).not.toBe("allowed");
  }
});

test.each(["public-read", "public-read-write", "authenticated-read"])(
  "an upload that asks for %s is refused to those who may upload",
  (acl) => {
    const context = { "s3:x-amz-acl": acl };
    const cell = { action: "s3:PutObject", key: "x", context } as const;

    expect(outcome({ ...cell, principal: "uploader", tier: "staging" })).toBe("explicitly-denied");
    expect(outcome({ ...cell, principal: "transcoder", tier: "previews" })).toBe(
      "explicitly-denied",
    );
  },
);

test("an upload that asks for the private default is allowed", () => {
  const context = { "s3:x-amz-acl": "private" };

  expect(
    outcome({ principal: "uploader", action: "s3:PutObject", tier: "staging", key: "x", context }),
  ).toBe("allowed");
});

test.each(storageTiers)(
  "a role without business in %s is denied by the bucket, even with a wrong identity policy",
  (tier) => {
    for (const role of serviceRoleNames.filter((name) => !allowed[name][tier])) {
      expect(outcome({ principal: role, action: "s3:GetObject", tier, key: "x" })).toBe(
        "explicitly-denied",
      );
    }
  },
);
