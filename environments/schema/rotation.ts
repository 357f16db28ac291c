import { z } from "zod";

/** The two places for a secret that is replaced without a gap: one serves while the other gets its successor. */
export const slots = ["A", "B"] as const;

/** One of the two places. */
export type Slot = (typeof slots)[number];

/** The slot that is not this one. */
export function otherSlot(slot: Slot): Slot {
  return slot === "A" ? "B" : "A";
}

/** Who has keys of the media storage: one role for each step of the pipeline. constructs/storage says what each may do. */
export const storageRoleNames = [
  "uploader",
  "promoter",
  "transcoder",
  "edge-reader",
  "backup-writer",
] as const;

/** One of the storage roles. */
export type StorageRoleName = (typeof storageRoleNames)[number];

/** Keys that sign: their values are supplied once, and sealed. */
export const signingKeyNames = ["edge-signing-key", "jwt-secret", "cookie-secret"] as const;

/** One of the keys that sign. */
export type SigningKeyName = (typeof signingKeyNames)[number];

/** A secret with two slots, as `mam secrets rotate` names it. */
export type SlottedName = SigningKeyName | "database-user" | `storage-key-${StorageRoleName}`;

/** The storage key of a role, as a rotation names it. */
export function storageKeyName<Role extends StorageRoleName>(role: Role): `storage-key-${Role}` {
  return `storage-key-${role}`;
}

/** Every secret with two slots. */
export const slottedNames: readonly SlottedName[] = [
  ...signingKeyNames,
  "database-user",
  ...storageRoleNames.map(storageKeyName),
];

const begun = z.iso.datetime();
const switched = z.iso.datetime();

/**
 * How far a rotation has come. A stage is written before anything is done for it and left when all of it holds, so that
 * whoever comes after an interruption does it again: `fill` gives the idle slot its new value, `switch` makes it the
 * active one, `wait` outlives what the old one has signed, `retire` makes the old one worthless.
 */
const inProgressSchema = z
  .discriminatedUnion("stage", [
    z.strictObject({ stage: z.literal("fill"), begun }),
    z.strictObject({ stage: z.literal("switch"), begun }),
    z.strictObject({ stage: z.literal("wait"), begun, switched }),
    z.strictObject({ stage: z.literal("retire"), begun, switched, reason: z.string().optional() }),
  ])
  .readonly();

const slotStateSchema = z
  .strictObject({
    active: z.enum(slots).default("A"),
    /** UTC day since which the active slot has been in use; absent for one that was never rotated. */
    since: z.iso.date().optional(),
    /** How often a rotation has written this entry: tells an older file from a newer one. Absent for never. */
    revision: z.int().positive().optional(),
    /** Absent when no rotation is under way. */
    rotation: inProgressSchema.optional(),
  })
  .readonly();

/** Where a secret with two slots stands. */
export type SlotState = z.output<typeof slotStateSchema>;

/** A rotation that is under way. */
export type RotationInProgress = z.output<typeof inProgressSchema>;

const atRest = slotStateSchema.prefault({});

/**
 * `<environment>.rotation.json`: which slot of each secret is active, and the rotations that are under way. `mam secrets
 * rotate` writes it, which is why it is no part of the environment's TypeScript. What it leaves out has never been
 * rotated, and an environment without the file has rotated nothing.
 */
export const rotationSchema = z
  .strictObject(
    // `fromEntries` forgets the names.
    Object.fromEntries(slottedNames.map((name) => [name, atRest])) as Record<
      SlottedName,
      typeof atRest
    >,
  )
  .readonly();

/** Which slot of each secret is active, and the rotations that are under way. */
export type Rotation = z.output<typeof rotationSchema>;

/** An environment in which nothing was ever rotated. */
export const nothingRotated: Rotation = rotationSchema.parse({});

/** Slots that hold a storage key: both during a rotation, until the old key is deleted. */
export function storageKeySlots({ active, rotation }: SlotState): readonly Slot[] {
  return rotation === undefined || rotation.stage === "retire" ? [active] : slots;
}
