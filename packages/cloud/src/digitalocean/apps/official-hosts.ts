import type { Store } from "../store.ts";

/** The host names of all apps: those that the platform gives them, and their own, whether they work yet or not. */
export function officialHosts({ apps }: Store): string[] {
  return apps.flatMap(({ default_ingress: ingress, spec }) => [
    new URL(ingress).host,
    ...(spec.domains ?? []).map(({ domain }) => domain),
  ]);
}
