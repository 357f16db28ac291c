import type { SeenObjective } from "./levels.ts";
import type { Course } from "./play.ts";

const units: Readonly<Record<string, string>> = {
  percent: " %",
  milliseconds: " ms",
  seconds: " s",
  jobs: " jobs",
};

function valueOf({ name, value, threshold, unit }: SeenObjective): string {
  if (unit === "reachable") return `\`${name}\`: away`;
  return `\`${name}\`: ${value ?? "–"}${units[unit] ?? ""} of ${threshold}`;
}

const seconds = (value: number | undefined) => (value === undefined ? "never" : value.toFixed(0));

/** What incidents took, as a table of Markdown: so it can be read in a terminal, and stand in docs/service-levels.md. */
export function courseTable(courses: readonly Course[]): string[] {
  const rows = courses.map(({ incident, missed, red, told, shown, green, over }) => [
    incident.cause,
    missed.map(valueOf).join("; "),
    seconds(red),
    seconds(told),
    seconds(shown),
    seconds(green),
    seconds(over),
  ]);
  const head = [
    "Cause",
    "Signal",
    "Red after",
    "Told after",
    "On the page after",
    "Met again after",
    "Over after",
  ];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}
