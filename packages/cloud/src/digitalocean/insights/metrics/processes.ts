import { existsSync, readFileSync, readdirSync } from "node:fs";

/** Whether this machine tells of its processes as Linux does. */
export const hasProcesses = existsSync("/proc/self/stat");

/** Clock ticks in a second: what Linux shows to programs on every machine (USER_HZ). */
const ticksPerSecond = 100;

/** A process. */
interface Process {
  readonly pid: number;
  readonly parent: number;
  /** CPU of it and of its children that ended and were waited for, in seconds. */
  readonly cpuSeconds: number;
}

/** What a process uses together with all that it started. */
export interface TreeUse {
  /** Of their whole life. */
  readonly cpuSeconds: number;
  readonly memoryBytes: number;
}

/** A file of a process; nothing when it is gone meanwhile. */
function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT" || code === "ESRCH" || code === "EACCES") return "";
    throw error;
  }
}

/** Reads `/proc/<pid>/stat`, whose second field is a name that may contain anything. */
function processOf(pid: number): Process | undefined {
  const stat = read(`/proc/${pid}/stat`);
  if (stat === "") return undefined;
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  // man proc_pid_stat: ppid is field 4, utime to cstime are 14 to 17; the slice begins with field 3.
  const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
  return { pid, parent: Number(fields[1]), cpuSeconds: ticks / ticksPerSecond };
}

/** What a process has in memory, in bytes: its own, and what it may share with others. */
function memoryOf(pid: number): { own: number; shared: number } {
  const status = read(`/proc/${pid}/status`);
  const kib = (name: string) =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return { own: 1024 * kib("RssAnon"), shared: 1024 * (kib("RssFile") + kib("RssShmem")) };
}

/** All processes of this machine, by their parents. */
export class ProcessTable {
  readonly #byId = new Map<number, Process>();
  readonly #byParent = new Map<number, Process[]>();

  /** Looks once; nothing is seen where the machine does not tell. */
  constructor() {
    const names = hasProcesses ? readdirSync("/proc") : [];
    for (const name of names) {
      const found = /^\d+$/.test(name) ? processOf(Number(name)) : undefined;
      if (!found) continue;
      this.#byId.set(found.pid, found);
      const siblings = this.#byParent.get(found.parent);
      if (siblings) siblings.push(found);
      else this.#byParent.set(found.parent, [found]);
    }
  }

  /** What a process and its descendants use; undefined when it is gone. Shared memory counts once. */
  useOf(pid: number): TreeUse | undefined {
    const root = this.#byId.get(pid);
    if (!root) return undefined;
    const tree = this.#descendants(root);
    const memory = tree.map((one) => memoryOf(one.pid));
    return {
      cpuSeconds: tree.reduce((sum, one) => sum + one.cpuSeconds, 0),
      memoryBytes:
        memory.reduce((sum, { own }) => sum + own, 0) +
        Math.max(...memory.map(({ shared }) => shared)),
    };
  }

  #descendants(root: Process): Process[] {
    const children = this.#byParent.get(root.pid) ?? [];
    return [root, ...children.flatMap((child) => this.#descendants(child))];
  }
}
