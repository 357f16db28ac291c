import { readFile, readdir } from "node:fs/promises";

/** A process of this machine. */
export interface ProcessOf {
  readonly pid: number;
  readonly command: string;
  readonly environment: string;
}

/** Whether processes can be looked into here: by /proc, which Linux has. */
export const canLookIntoProcesses = process.platform === "linux";

/** The processes that a process started and that still run. */
export async function childrenOf(parent: number): Promise<ProcessOf[]> {
  const pids = (await readdir("/proc")).filter((name) => /^\d+$/.test(name));
  const processes = await Promise.all(pids.map((pid) => look(Number(pid), parent)));
  return processes.filter((found) => found !== undefined);
}

/** Whether a process runs; one that ended and that nobody asked about does not. */
export async function runs(pid: number): Promise<boolean> {
  const status = await read(pid, "stat");
  return status !== undefined && !/^\d+ \(.*\) Z/.test(status);
}

async function look(pid: number, parent: number): Promise<ProcessOf | undefined> {
  const status = await read(pid, "stat");
  if (!status || Number(/^\d+ \(.*\) \S+ (\d+)/.exec(status)?.[1]) !== parent) return undefined;
  const [command, environment] = await Promise.all([read(pid, "cmdline"), read(pid, "environ")]);
  return {
    pid,
    command: (command ?? "").replaceAll("\0", " "),
    environment: (environment ?? "").replaceAll("\0", "\n"),
  };
}

/** Undefined when the process ended meanwhile. */
async function read(pid: number, file: string): Promise<string | undefined> {
  try {
    return await readFile(`/proc/${pid}/${file}`, "utf8");
  } catch (error) {
    if (["ENOENT", "ESRCH"].includes((error as NodeJS.ErrnoException).code ?? "")) return undefined;
    throw error;
  }
}
