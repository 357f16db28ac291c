import type { AlertAnswer } from "./alert.ts";
import { looks } from "./looks.ts";

/** A cluster, as its alerts are about it. */
interface Cluster {
  readonly key: "postgres" | "valkey";
  readonly name: string;
  /** What users notice of each. */
  readonly cpu: string;
  readonly memory: string;
  readonly disk: string;
  /** Where the size stands in the environment's file. */
  readonly size: string;
}

const clusters: readonly Cluster[] = [
  {
    key: "postgres",
    name: "PostgreSQL",
    cpu: "Lists, searches and logins take longer.",
    memory: "Searches take longer; at worst PostgreSQL restarts, and for a minute nothing works.",
    disk: "A full disk makes PostgreSQL read-only. Then uploads, logins and changes fail.",
    size: "`database.size`",
  },
  {
    key: "valkey",
    name: "Valkey",
    cpu: "Logins take longer, and jobs are handed out later.",
    memory: "When it is full nobody can log in, and uploads get no previews.",
    disk: "Valkey cannot write down what it holds. A restart then loses jobs and sessions.",
    size: "`cache.size`",
  },
];

const larger = (size: string) =>
  `A larger ${size} in the environment's file, and \`mam deploy\`: nodes are replaced one by one.`;

function answersOf({ key, name, cpu, memory, disk, size }: Cluster): AlertAnswer[] {
  const queue = key === "valkey" ? "jobs that nobody takes, " : "";
  return [
    {
      source: "database",
      key: `${key} cpu`,
      title: `${name} is short of CPU`,
      meaning: cpu,
      looks: [looks.glance, looks.releases, looks.clusters],
      mends: `The dashboard says since when. If it began with a release: \`mam rollback <environment>\`. ${larger(size)}`,
    },
    {
      source: "database",
      key: `${key} memory`,
      title: `${name} is short of memory`,
      meaning: memory,
      looks: [looks.glance, looks.logs, looks.clusters],
      mends: `Find what fills it: ${queue}many connections, or a new query. ${larger(size)}`,
    },
    {
      source: "database",
      key: `${key} disk`,
      title: `The disk of ${name} fills`,
      meaning: disk,
      looks: [looks.clusters, looks.glance, looks.releases],
      mends: `${larger(size)} A disk is never made smaller, so do it before it is full.`,
    },
    {
      source: "database",
      key: `${key} load`,
      title: `${name} has more to do than CPUs`,
      meaning: cpu,
      looks: [looks.glance, looks.releases, looks.logs],
      mends: `Long queries and many connections at once: the logs of the API name the routes that wait. ${larger(size)}`,
    },
  ];
}

/** Alert policies of both clusters, by cluster and what is measured. */
export const databaseAnswers: readonly AlertAnswer[] = clusters.flatMap(answersOf);
