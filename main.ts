import { renderFileFindings } from "./environments/rules/findings.ts";
import { InvalidEnvironments, loadEnvironments } from "./environments/loading/load.ts";
import { sourceFindings } from "./environments/loading/source-error.ts";
import { endpointsVariable } from "./stacks/endpoints.ts";
import { synthesise } from "./stacks/synthesise.ts";

/**
 * Writes the Terraform JSON of every environment, or of the one that is named: `npm run synth -- staging`.
 * Nothing is written unless all of it is valid.
 */
try {
  // Loaded here, so that a mistake in an environment's file is a finding like any other.
  const { environments } = await import("./environments/index.ts");
  const loaded = loadEnvironments({
    inputs: environments,
    only: process.argv[2] ?? process.env.MAM_ENVIRONMENT,
    directory: process.env.MAM_RELEASE_DIRECTORY ?? "environments",
  });
  const files = synthesise(loaded, { rehearsal: process.env[endpointsVariable] });
  process.stdout.write(`${files.join("\n")}\n`);
} catch (error) {
  const findings =
    error instanceof InvalidEnvironments ? error.findings : sourceFindings(error, process.cwd());
  if (findings.length === 0) throw error;
  process.stderr.write(renderFileFindings(findings));
  process.exitCode = 1;
}
