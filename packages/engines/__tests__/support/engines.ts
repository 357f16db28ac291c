import { type EngineName, findEngines, skipReason } from "../../src/index.ts";

/** What this machine has of the servers; PostgreSQL and Valkey are installed at first use. */
export const engines = await findEngines({ only: ["postgres", "pgbouncer", "valkey"] });

/** `test` where the engines are there; else the tests are skipped, and their names say what is missing and what brings it. */
export function testWith(...needed: EngineName[]) {
  const reason = skipReason(engines, needed);
  return (name: string, play: () => Promise<void>, milliseconds = 60_000) => {
    if (reason === undefined) test(name, play, milliseconds);
    else test.skip(`${name} [not run: ${reason}]`, play);
  };
}
