import { createHash, randomInt } from "node:crypto";

/** A seed from the environment of the process, or a new one. The same seed gives the same moments. */
export function seedFrom({ MAM_SEED: seed }: Readonly<Record<string, string | undefined>>): string {
  return seed ?? String(randomInt(1_000_000_000));
}

/** A moment by its number: a fraction from 0 to 1, random and yet the same for the same seed. */
export function momentOf(seed: string, number: number): number {
  const hash = createHash("sha256").update(`${seed}:${number}`).digest();
  return hash.readUInt32BE() / 2 ** 32;
}
