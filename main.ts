import { renderFindings } from "./environments/findings.ts";
import { environments } from "./environments/index.ts";
import { InvalidEnvironments, loadEnvironments } from "./environments/load.ts";
import { endpointsVariable } from "./stacks/endpoints.ts";
import { synthesise } from "./stacks/synthesise.ts";

/**
 * Writes the Terraform JSON of every environment, or of the one that is named: `npm run synth -- staging`.
 * Nothing is written unless all of it is valid.
 */
try {
  const loaded = loadEnvironments({
    inputs: environments,
    only: process.argv[2] ?? process.env.MAM_ENVIRONMENT,
    directory: process.env.MAM_RELEASE_DIRECTORY ?? "environments",
  });
  const files = synthesise(loaded, { rehearsal: process.env[endpointsVariable] });
  process.stdout.write(`${files.join("\n")}\n`);
} catch (error) {
  if (!(error instanceof InvalidEnvironments)) throw error;
  process.stderr.write(renderFindings(error.findings));
  process.exitCode = 1;
}
