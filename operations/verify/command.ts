import type { Command } from "commander";

import { environmentCommand } from "../command/action.ts";
import type { Outcome } from "../command/outcome.ts";
import type { Session } from "../command/session.ts";
import { appComparisons, releaseComparisons } from "./app.ts";
import { disagreements } from "./comparison.ts";
import { databaseComparisons } from "./databases.ts";
import { domainComparisons } from "./domain.ts";
import { monitoringComparisons } from "./monitoring.ts";
import { networkComparisons } from "./network.ts";
import { survey } from "./survey.ts";

/** `mam verify`: whether what runs is what was released and configured. */
export function declareVerify(program: Command): void {
  environmentCommand(
    program,
    "verify",
    "asks the platforms whether what runs is what was released and configured",
    ["mam verify production", "mam verify staging --json"],
    verify,
  );
}

async function verify({ environment, connections }: Session): Promise<Outcome> {
  const { config } = environment;
  const found = await survey(connections.digitalOcean(), config);
  const findings = disagreements([
    ...networkComparisons(config, found),
    ...databaseComparisons(config, found),
    ...appComparisons(environment, found),
    ...releaseComparisons(environment, found),
    ...domainComparisons(config, found),
    ...monitoringComparisons(config, found),
  ]);
  return {
    ok: findings.length === 0,
    data: { environment: config.name, findings },
    text:
      findings.length === 0
        ? `${config.name} runs as configured.\n`
        : `${findings.map((finding) => `✗ ${finding}`).join("\n")}\n`,
  };
}
