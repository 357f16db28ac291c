import { z } from "zod";

/**
 * A secret that App Platform has encrypted. `fingerprint` says which plaintext it stands for without revealing it:
 * the SHA-256 of the value in hex, or the access key id for a storage key, which is public and changes with the secret.
 * `sealedAt` is the UTC day on which this plaintext was first sealed, which tells its age; a file from before there were
 * ages has none. Nothing that is deployed depends on it.
 */
const sealedSecretSchema = z
  .strictObject({
    fingerprint: z.string().regex(/^([0-9a-f]{64}|[A-Z0-9]{16,128})$/),
    ciphertext: z.string().regex(/^EV\[1:[^\]]+\]$/),
    sealedAt: z.iso.date().optional(),
  })
  .readonly();

/**
 * `<environment>.sealed.json`: for each component and secret its ciphertext, safe to commit because only this app can
 * decrypt it. App Platform wants the ciphertext back: sending plaintext again differs on every plan and redeploys.
 */
export const sealedSchema = z
  .strictObject({
    app: z.uuid(),
    components: z
      .record(z.string(), z.record(z.string(), sealedSecretSchema).readonly())
      .readonly(),
  })
  .readonly();

/** The sealed secrets of an environment; an environment that was never deployed has none. */
export type Sealed = z.output<typeof sealedSchema>;
