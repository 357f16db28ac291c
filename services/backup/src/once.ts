import { EnvironmentError, readEnvironment } from "@mam-services/common/environment";
import { createLogger } from "@mam-services/common/log";

import { backupVariables } from "./environment.ts";
import { dumpContext, dumpOnce } from "./service.ts";

const help = `Makes a dump of the database now, beside the nightly one.

  npm run dump

It needs the variables of the component backup, which its console has. Exit code 0 when the dump and its manifest are in
storage, 1 when they are not, 2 when the environment cannot be used, 130 when it was interrupted.
`;

async function main(): Promise<number> {
  if (process.argv.includes("--help")) {
    process.stdout.write(help);
    return 0;
  }
  const environment = readEnvironment(backupVariables, process.env);
  const logger = createLogger("backup", environment);
  const stopping = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const)
    process.once(signal, () => {
      stopping.abort();
    });
  const isMade = await dumpOnce(dumpContext(environment), logger, stopping.signal);
  if (isMade) return 0;
  return stopping.signal.aborted ? 130 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof EnvironmentError ? 2 : 1;
}
