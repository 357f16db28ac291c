import type { Target } from "../target.ts";

const isSecret = (name: string) =>
  /SECRET|SIGNING_KEY_[AB]$|^REDIS_URL$|^POSTGRES_URL$|PASSWORD/.test(name) &&
  !name.endsWith("_ACTIVE");

/** Passwords stand within addresses too. */
function valuesOf(value: string): readonly string[] {
  const password = /^\w+:\/\/[^:/@]*:([^@]+)@/.exec(value)?.[1];
  return password === undefined ? [value] : [value, decodeURIComponent(password)];
}

/** Every secret that the suite knows: the name of its variable, and text that must stand nowhere. */
export function secretsOf({
  variables,
  account,
  storageKey,
}: Target): readonly (readonly [name: string, value: string])[] {
  const named = Object.entries({
    ...variables,
    CONFORMANCE_PASSWORD: account?.password,
    CONFORMANCE_STORAGE_SECRET: storageKey?.secretAccessKey,
  });
  return named
    .filter(([name]) => isSecret(name))
    .flatMap(([name, value = ""]) => valuesOf(value).map((text) => [name, text] as const))
    .filter(([, value]) => value.length >= 8);
}
