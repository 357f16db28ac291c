import type { EnvironmentConfig } from "../../environments/schema/environment.ts";
import type { Runbook, Section } from "./model.ts";
import { accessSection } from "./sections/access.ts";
import { addressesSection } from "./sections/addresses.ts";
import { alertsSection } from "./sections/alerts.ts";
import { architectureSection } from "./sections/architecture.ts";
import { costSection } from "./sections/cost.ts";
import { logsSection } from "./sections/logs.ts";
import { machinesSection } from "./sections/machines.ts";
import { peopleSection } from "./sections/people.ts";
import { releasesSection } from "./sections/releases.ts";
import { restoreSection } from "./sections/restore.ts";
import { scalingSection } from "./sections/scaling.ts";
import { secretsSection } from "./sections/secrets.ts";
import { takingOverSection } from "./sections/taking-over.ts";
import { teardownSection } from "./sections/teardown.ts";
import { variablesSection } from "./sections/variables.ts";

/** Every section, in the order in which they are needed: what is urgent first, what is looked up last. */
const sections: readonly ((config: EnvironmentConfig) => Section | undefined)[] = [
  addressesSection,
  alertsSection,
  logsSection,
  releasesSection,
  restoreSection,
  accessSection,
  secretsSection,
  scalingSection,
  machinesSection,
  costSection,
  peopleSection,
  takingOverSection,
  architectureSection,
  variablesSection,
  teardownSection,
];

/** All that somebody has to know who looks after an environment, from its configuration. No secret is part of it. */
export function runbookOf(config: EnvironmentConfig): Runbook {
  const { name, tier, domain } = config;
  return {
    title: `Runbook of ${name}`,
    introduction: `For whoever looks after **${name}**, of the tier ${tier}, at [${domain.appHost}](https://${domain.appHost}). Commands are typed in a checkout of the repository, with the [tokens of the platforms](#tokens-of-the-platforms) exported where a platform is asked.`,
    sections: sections.flatMap((section) => section(config) ?? []),
  };
}
