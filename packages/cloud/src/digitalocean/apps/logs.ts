import type { Deployment, LogLine } from "./model.ts";

/** Lines that are kept of a component in a deployment: the newest, as a log that is read live has them. */
const keptLines = 5000;

const readers = new WeakMap<Deployment, Set<(line: LogLine) => void>>();

/** Takes a line up; past {@link keptLines} the oldest of its component goes. */
export function appendLog(deployment: Deployment, line: LogLine): void {
  const { logs } = deployment;
  logs.push(line);
  for (const onLine of readers.get(deployment) ?? []) onLine(line);
  // Only now and then: a list is not searched for every line of a program that writes many.
  if (logs.length % keptLines === 0) logs.splice(0, logs.length, ...newestOf(logs));
}

function newestOf(logs: readonly LogLine[]): LogLine[] {
  const counts = new Map<string, number>();
  const kept = logs.toReversed().filter(({ component }) => {
    const count = (counts.get(component) ?? 0) + 1;
    counts.set(component, count);
    return count <= keptLines;
  });
  return kept.toReversed();
}

/** Hears of every further line of a deployment. @returns what ends that. */
export function followLog(deployment: Deployment, onLine: (line: LogLine) => void): () => void {
  const hearing = readers.get(deployment) ?? new Set();
  readers.set(deployment, hearing.add(onLine));
  return () => {
    hearing.delete(onLine);
  };
}

/** A line as the platform writes it. */
export const logText = ({ at, component, line }: LogLine) => `${component} ${at} ${line}\n`;
