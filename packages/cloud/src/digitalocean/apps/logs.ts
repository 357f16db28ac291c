import type { Deployment, LogLine } from "./model.ts";

/** Lines that are kept of a component in a deployment: the newest, as a log that is read live has them. */
const keptLines = 5000;

/** Takes a line up; past {@link keptLines} the oldest of its component goes. */
export function appendLog({ logs }: Deployment, line: LogLine): void {
  logs.push(line);
  // Only now and then: a list is not searched for every line of a program that writes many.
  if (logs.length % keptLines !== 0) return;
  const counts = new Map<string, number>();
  const kept = logs.toReversed().filter(({ component }) => {
    const count = (counts.get(component) ?? 0) + 1;
    counts.set(component, count);
    return count <= keptLines;
  });
  logs.splice(0, logs.length, ...kept.toReversed());
}
