import { valueAt } from "./findings.ts";
import type { Rule } from "./rule.ts";

/**
 * A host name as DNS, DigitalOcean and browsers write it: in lower case and without a final dot. Terraform compares text:
 * another spelling of the same zone destroys it with all its records.
 */
export function canonicalHost(host: string): string {
  return host.toLowerCase().replace(/\.$/, "");
}

/** Whether two host names are the same, however they are written. */
export function sameHost(first: string, second: string): boolean {
  return canonicalHost(first) === canonicalHost(second);
}

/** Whether a host is a zone's own name or below it, however both are written. */
export function liesInside(host: string, zone: string): boolean {
  return sameHost(host, zone) || canonicalHost(host).endsWith(`.${canonicalHost(zone)}`);
}

/** The rule that a host, where there is one at this path, is written canonically. */
export function canonicallyWritten(path: string): Rule {
  const hostOf = (environment: object) => {
    const host = valueAt(environment, path);
    return typeof host === "string" ? host : "";
  };
  return {
    path,
    fails: (environment) => hostOf(environment) !== canonicalHost(hostOf(environment)),
    expected:
      "lower case without a final dot: Terraform takes another spelling for another name, and replaces what has it",
    fix: (environment) => `set ${path}: "${canonicalHost(hostOf(environment))}"`,
  };
}
