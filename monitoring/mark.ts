/** How the name of every alert rule and channel of an environment begins: nothing else says whose it is. */
export function namePrefix(environment: string): string {
  return `mam ${environment}: `;
}

/** Name of an environment's dashboard. */
export function dashboardName(environment: string): string {
  return `mam ${environment}`;
}

/** The line that says whose a dashboard is, and what it was made from. */
export function markLine(environment: string, digest: string): string {
  return `managed by mam: ${environment} ${digest}`;
}

const mark = /^managed by mam: (\S+) ([0-9a-f]{12})$/;

/** The environment whose dashboard has a description; undefined for what nobody marked. */
export function markedEnvironment(description: string | null | undefined): string | undefined {
  const last = (description ?? "").trimEnd().split("\n").at(-1) ?? "";
  return mark.exec(last.trim())?.[1];
}
