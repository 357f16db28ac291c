import { execa } from "execa";

import { abortedBy } from "../operations/context/signals.ts";
import { orExplain } from "../rehearsal/command/entry.ts";
import { buildServices } from "../rehearsal/platform/services.ts";

/**
 * Builds the services as their images hold them, and compares them with plain programs: `npm run bench:platform -- --help`.
 * The benchmarks themselves are in `services/bench/`, with the packages that they need.
 */
await orExplain(async () => {
  const args = process.argv.slice(2);
  const tell = (line: string) => void process.stderr.write(`${line}\n`);
  const interruption = abortedBy(["SIGINT", "SIGTERM"]);
  const { directory } = await buildServices(process.cwd(), { tell, interruption });
  const command = ["--import", "tsx", "bench/platform.ts", "--built", directory, ...args];
  // A terminal tells both of Ctrl-C, `kill` only this process: the benchmark ends what it started, and we wait for it.
  const { exitCode } = await execa(process.execPath, command, {
    cwd: "services",
    stdio: "inherit",
    reject: false,
    cancelSignal: interruption,
    forceKillAfterDelay: false,
  });
  process.exitCode = exitCode ?? 130;
});
