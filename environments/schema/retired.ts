import { z } from "zod";

const retiredSecretSchema = z
  .strictObject({
    /** Variable of the contract that it was replaced in: `JWT_SECRET_A`. */
    name: z.string(),
    fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
    /** UTC day on which it was replaced. */
    retired: z.iso.date(),
  })
  .readonly();

/**
 * `<environment>.retired.json`: values of secrets that a rotation has replaced, by fingerprint, so that none of them is
 * ever deployed again. `mam secrets rotate` adds to it; nothing is taken from it.
 *
 * The fingerprint is scrypt over the SHA-256 of the value (operations/secrets/retired/fingerprint.ts says with what, and
 * why). The salt is the environment's own.
 */
export const retiredSchema = z
  .strictObject({
    salt: z.string().regex(/^[0-9a-f]{32}$/),
    secrets: z.array(retiredSecretSchema).readonly(),
  })
  .readonly();

/** Values of secrets that a rotation has replaced, by fingerprint. */
export type Retired = z.output<typeof retiredSchema>;
