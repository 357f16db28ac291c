import type { ServiceRole } from "../../../constructs/storage/service-roles.ts";
import type { StorageTier } from "../../../constructs/storage/tiers.ts";

/** What is tried, and the permission that it takes. */
export const accessCheckPermissions = {
  read: "s3:GetObject",
  write: "s3:PutObject",
  delete: "s3:DeleteObject",
  list: "s3:ListBucket",
  publish: "s3:PutObjectAcl",
} as const;

/** Something that is tried with a service's own key. */
export interface AccessCheck {
  /** Whose key is used; `nobody` asks without one. */
  readonly role: ServiceRole | "nobody";
  readonly action: keyof typeof accessCheckPermissions;
  readonly tier: StorageTier;
}

/** What a service cannot do its work without. */
export const allowedChecks: readonly AccessCheck[] = [
  { role: "uploader", action: "write", tier: "staging" },
  { role: "promoter", action: "read", tier: "staging" },
  { role: "promoter", action: "write", tier: "masters" },
  { role: "transcoder", action: "read", tier: "masters" },
  { role: "transcoder", action: "write", tier: "previews" },
  { role: "edge-reader", action: "read", tier: "previews" },
  { role: "backup-writer", action: "write", tier: "backups" },
];

/** What a stolen key must not open: the sharpest cells of docs/storage-access.md. */
export const refusedChecks: readonly AccessCheck[] = [
  { role: "uploader", action: "read", tier: "staging" },
  { role: "uploader", action: "publish", tier: "staging" },
  { role: "uploader", action: "write", tier: "masters" },
  { role: "uploader", action: "read", tier: "previews" },
  { role: "promoter", action: "read", tier: "masters" },
  { role: "promoter", action: "delete", tier: "masters" },
  { role: "promoter", action: "write", tier: "previews" },
  { role: "transcoder", action: "write", tier: "masters" },
  { role: "transcoder", action: "delete", tier: "masters" },
  { role: "transcoder", action: "read", tier: "staging" },
  { role: "edge-reader", action: "read", tier: "masters" },
  { role: "edge-reader", action: "write", tier: "previews" },
  { role: "edge-reader", action: "delete", tier: "previews" },
  { role: "edge-reader", action: "list", tier: "previews" },
  { role: "backup-writer", action: "read", tier: "backups" },
  { role: "backup-writer", action: "delete", tier: "backups" },
  { role: "backup-writer", action: "read", tier: "masters" },
  { role: "nobody", action: "read", tier: "masters" },
  { role: "nobody", action: "read", tier: "previews" },
];

/** An access check in words: `promoter: delete in masters`. */
export function accessCheckText({ role, action, tier }: AccessCheck): string {
  return `${role}: ${action} in ${tier}`;
}
