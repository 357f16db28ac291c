import { spawn } from "node:child_process";
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";

/**
 * Reads process groups that run (`+ 123`) and that have ended (`- 123`). When its input ends, it kills those that are
 * left and removes a folder. Its input ends when this process does, however that comes about, also by SIGKILL.
 */
const script = `groups=" "
while read -r what group; do
  case "$what" in
    +) groups="$groups$group " ;;
    -) groups="\${groups%%" $group "*} \${groups#*" $group "}" ;;
  esac
done
for group in $groups; do kill -s KILL -- "-$group" 2>/dev/null; done
rm -rf -- "$1"`;

/** Ends the processes that this one started when this one is gone. */
export class Keeper {
  readonly #directory: string;
  readonly #groups = new Set<number>();
  #process: ChildProcess;
  #closed = false;

  /** @param directory is removed with the processes. */
  constructor(directory: string) {
    this.#directory = directory;
    this.#process = this.#begin();
  }

  /** Adds a process group that has just been started. */
  watch(group: number): void {
    this.#groups.add(group);
    this.#process.stdin?.write(`+ ${group}\n`);
  }

  /** Takes off a group that has ended: its number may soon be somebody else's. */
  forget(group: number): void {
    this.#groups.delete(group);
    this.#process.stdin?.write(`- ${group}\n`);
  }

  /** Kills what is left, and waits until that is done. */
  async close(): Promise<void> {
    this.#closed = true;
    const ended = once(this.#process, "exit");
    this.#process.stdin?.end();
    await ended;
  }

  /** In a session of its own: Ctrl-C in a terminal goes to every process of the foreground group. */
  #begin(): ChildProcess {
    const keeper = spawn("/bin/sh", ["-c", script, "keeper", this.#directory], {
      stdio: ["pipe", "ignore", "ignore"],
      detached: true,
      env: {},
    });
    // Whoever killed it gets another one: the exit says it, what was written to it meanwhile is told again.
    keeper.stdin.on("error", () => undefined);
    keeper.once("exit", () => {
      if (this.#closed) return;
      this.#process = this.#begin();
      for (const group of this.#groups) this.#process.stdin?.write(`+ ${group}\n`);
    });
    return keeper;
  }
}
