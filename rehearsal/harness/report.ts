import type { Statement } from "./scenario.ts";
import type { CriticalPath } from "./critical-path.ts";
import type { ProvidersKind } from "./providers.ts";

/** What a scenario came to. */
export interface ScenarioReport {
  readonly name: string;
  readonly title: string;
  readonly statements: readonly Statement[];
  /** Seconds here. */
  readonly seconds: number;
  /** Requests that the platforms answered, by platform. */
  readonly requests: Readonly<Record<string, number>>;
  /** Resources whose state changed, by stack. */
  readonly changed: Readonly<Record<string, number>>;
  /** Lines that the scenario shows at its end, such as a table. */
  readonly shown: readonly string[];
  /** What this machine lacks, when the scenario was not played for it. */
  readonly notRun?: string;
  /** Why the scenario ended early, if it did. */
  readonly error?: string;
}

/** What a whole rehearsal came to. */
export interface RehearsalReport {
  readonly environment: string;
  /** Name of the suite that was played. */
  readonly suite: string;
  readonly providers: ProvidersKind;
  readonly acts: readonly ScenarioReport[];
  /** What callers did that the platforms do not have, and mistakes of the embedded providers. */
  readonly findings: readonly string[];
  /** Resources in Terraform's states at the end, by stack. */
  readonly standing: Readonly<Record<string, number>>;
  readonly urls: Readonly<Record<string, string>>;
  /** What a first deployment takes on the real platforms. */
  readonly realDeployment?: CriticalPath;
  /** Seconds here, all scenarios. */
  readonly seconds: number;
  /** Whether it was ended early by Ctrl-C or a cancelled CI job. */
  readonly interrupted: boolean;
  /** Whether every statement held and nothing was found. */
  readonly held: boolean;
}

/** Whether nothing speaks against a rehearsal. */
export function everythingHeld(
  scenarios: readonly ScenarioReport[],
  findings: readonly string[],
): boolean {
  return (
    findings.length === 0 &&
    scenarios.every(
      ({ statements, error }) => error === undefined && statements.every(({ held }) => held),
    )
  );
}
