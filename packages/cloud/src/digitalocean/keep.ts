import type { Store } from "./store.ts";

/**
 * Keeps an account as it is, for whoever tries many things from the same beginning. Only data come back: no program, no
 * database that runs.
 *
 * @param findings about callers, which come back as well.
 * @returns what brings it back to that, as often as it is called.
 */
export function keepAccount(store: Store, findings: string[]): () => void {
  const found = findings.length;
  const kept = structuredClone(store);
  return () => {
    bringBack(store, structuredClone(kept));
    findings.splice(found, Infinity);
  };
}

/** Makes an object what another one is. Its lists and groups stay the same objects, because others hold them. */
function bringBack(target: object, source: object, depth = 1): void {
  for (const name of Object.keys(target)) {
    if (!(name in source)) Reflect.deleteProperty(target, name);
  }
  for (const [name, value] of Object.entries(source) as [string, unknown][]) {
    const present: unknown = Reflect.get(target, name);
    if (isList(present) && isList(value)) present.splice(0, Infinity, ...value);
    else if (depth > 0 && isGroup(present) && isGroup(value)) bringBack(present, value, depth - 1);
    else Reflect.set(target, name, value);
  }
}

const isList = (value: unknown): value is unknown[] => Array.isArray(value);

const isGroup = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);
