import type { App, LogLine } from "@mam-infra/cloud/digitalocean/apps/model";
import { oneLine } from "../../operations/context/printable.ts";

/** Lines that are shown of each log. */
const shownLines = 20;

/** What each component of each deployment said last, for a person: where a deployment fails it often says why. */
export function lastLines(apps: readonly Pick<App, "deployments">[]): string {
  const deployments = apps.flatMap((app) => app.deployments);
  const lines = deployments.flatMap(({ id, logs }) => [
    ...(logs.length > 0 ? [`deployment ${id}`] : []),
    ...logsOf(logs).flatMap(({ what, said }) => [
      `  ${what}`,
      ...said.slice(-shownLines).map(({ line }) => `    ${oneLine(line)}`),
    ]),
  ]);
  return lines.map((line) => `${line}\n`).join("");
}

/** Lines by component and kind of log, each in the order in which it was begun. */
function logsOf(logs: readonly LogLine[]) {
  const nameOf = ({ component, type }: LogLine) => `${component}, ${type.toLowerCase()}`;
  return [...new Set(logs.map(nameOf))].map((what) => ({
    what,
    said: logs.filter((line) => nameOf(line) === what),
  }));
}
