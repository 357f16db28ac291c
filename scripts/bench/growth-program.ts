import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import type { Environment } from "../../environments/loading/load.ts";

// Writes many environments with the sources of a checkout, and says what each further one takes: `growth-program.ts <checkout>`.

type Load = typeof import("../../environments/loading/load.ts");
type Inputs = typeof import("../../environments/index.ts");
type Synthesis = typeof import("../../stacks/synthesise.ts");

const counts = [1, 100] as const;

const root = resolve(process.argv[2] ?? ".");
const from = (file: string): Promise<unknown> => import(pathToFileURL(join(root, file)).href);
const { loadEnvironments } = (await from("environments/loading/load.ts")) as Load;
const { environments } = (await from("environments/index.ts")) as Inputs;
const { synthesise } = (await from("stacks/synthesise.ts")) as Synthesis;

const directory = join(root, "environments");
const [one] = loadEnvironments({ inputs: environments, only: "staging", directory });
if (!one) throw new Error("no environment staging");
// The first fills caches.
milliseconds(one, 1);
const [alone, many] = [milliseconds(one, counts[0]), milliseconds(one, counts[1])];
const each = (many - alone) / (counts[1] - counts[0]);
const mebibytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ each, mebibytes })}\n`);

function milliseconds(environment: Environment, count: number): number {
  const { config } = environment;
  const all = Array.from({ length: count }, (_, index) => ({
    ...environment,
    config: { ...config, name: `env${index}` },
  }));
  const outdir = mkdtempSync(join(tmpdir(), "mam-infra-bench-"));
  const begun = process.cpuUsage();
  synthesise(all, { outdir });
  const { user, system } = process.cpuUsage(begun);
  rmSync(outdir, { recursive: true });
  return (user + system) / 1000;
}
