import type { AppSpec } from "@mam-infra/clients/digitalocean/app-spec";
import type { Violation } from "../../context/check.ts";
import { componentsOf } from "../../platform/running-app.ts";
import type { ObservedState } from "../../platform/observed-state.ts";

/**
 * Bindable variables that App Platform fills in with a public host, inside a VPC too
 * (github.com/digitalocean-labs/do-app-platform-skills, skills/networking/SKILL.md).
 */
const publicBindable = /\$\{[^}]+\.(DATABASE_URL|HOSTNAME)\}/;

/** Variables through which a component would reach a database by its public host. */
export function publicHosts(spec: AppSpec, { postgres, valkey }: ObservedState): Violation[] {
  const hosts = [postgres, valkey].flatMap((one) => one?.cluster.connection?.host ?? []);
  return componentsOf(spec).flatMap(({ name, envs = [] }) =>
    envs.flatMap(({ key, value = "" }) => {
      const found = publicBindable.exec(value)?.[0] ?? hosts.find((host) => leadsTo(value, host));
      if (found === undefined) return [];
      return [
        {
          resource: `${key} of ${name}`,
          expected: "a private host",
          found: `${found}, which is public`,
        },
      ];
    }),
  );
}

/** A private host is the public one with `private-` in front. */
function leadsTo(value: string, host: string): boolean {
  return value.replaceAll(`private-${host}`, "").includes(host);
}
