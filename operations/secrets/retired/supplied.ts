import type { Environment } from "../../../environments/loading/load.ts";
import { fingerprint } from "../seal.ts";
import { retiredFingerprint } from "./fingerprint.ts";

/** Secrets that somebody supplies, by the name of the variable in the contract. */
type Supplied = Readonly<Record<string, string>>;

/** A supplied secret whose value was retired. */
export interface RetiredSupplied {
  readonly name: string;
  /** Variable whose value it was, which may be another one. */
  readonly was: string;
  /** UTC day on which it was replaced. */
  readonly retired: string;
}

/** Components whose sealed value of a secret is another one than a given value. */
export function differingComponents(
  { sealed }: Environment,
  name: string,
  value: string,
): readonly string[] {
  const digest = fingerprint(value);
  return Object.entries(sealed?.components ?? {}).flatMap(([component, { [name]: secret }]) =>
    secret && secret.fingerprint !== digest ? [component] : [],
  );
}

/**
 * Supplied secrets whose value was retired, under whatever name. Those that are sealed as they are supplied are left out:
 * they run, and nothing is sent.
 */
export async function retiredAmong(
  environment: Environment,
  supplied: Supplied,
): Promise<RetiredSupplied[]> {
  const { retired, sealed } = environment;
  if (!retired || retired.secrets.length === 0) return [];
  const sent = Object.entries(supplied).filter(
    ([name, value]) => !sealed || differingComponents(environment, name, value).length > 0,
  );
  const found = await Promise.all(
    sent.map(async ([name, value]) => {
      const print = await retiredFingerprint(fingerprint(value), retired.salt);
      const known = retired.secrets.find((one) => one.fingerprint === print);
      return known ? [{ name, was: known.name, retired: known.retired }] : [];
    }),
  );
  return found.flat();
}
