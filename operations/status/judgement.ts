import { oddityLines } from "../ledger/oddities.ts";
import type { AgedSecret } from "../secrets/ages.ts";
import type { Part } from "./part.ts";
import type { Running } from "./running.ts";
import { serviceLevelProblems } from "./service-levels.ts";
import type { Status } from "./status.ts";

/** Days after which a secret that is in use should be replaced. */
export const oldestDays = 90;

/** What is wrong, and what should be looked at: a sentence each. */
export interface StatusJudgement {
  /** Any of them makes the exit code 1. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

/** What is known of each part. */
export type StatusParts = {
  readonly [
    Name in keyof Status as Status[Name] extends Part<unknown> ? Name : never
  ]: Status[Name] extends Part<infer Value> ? Value : never;
};

/** Some parts, each known or not. */
export type SomeParts = Partial<Pick<Status, keyof StatusParts>>;

/** Every part, in the order in which it is shown. */
export const partNames = [
  "running",
  "endpoints",
  "serviceLevels",
  "instances",
  "databases",
  "uptime",
  "secrets",
  "drift",
  "data",
  "storage",
  "locks",
  "releases",
] as const satisfies readonly (keyof StatusParts)[];

type Judges = {
  readonly [Name in keyof StatusParts]?: (
    value: StatusParts[Name],
    environment: string,
  ) => readonly string[];
};

const problems: Judges = {
  running: runningProblems,
  endpoints: (endpoints) =>
    endpoints
      .filter(({ status, maintained }) => status !== 200 && maintained !== true)
      .map(({ name, status, reason }) => `${name} answers ${status ?? reason ?? "nothing"}`),
  serviceLevels: serviceLevelProblems,
  instances: (instances) =>
    instances
      .filter(({ ready = 0, configured }) => ready < configured.minimum)
      .map(
        ({ component, ready = 0, configured }) =>
          `${component} has ${ready} healthy instances, and should have ${configured.minimum}`,
      ),
  databases: (databases) =>
    databases
      .filter(({ status }) => status !== "online")
      .map(({ name, status }) => `${name} is ${status ?? "missing"}`),
  uptime: (checks, environment) => [
    ...missingChecks(checks, environment),
    ...checks
      .filter(({ enabled, missing, maintained }) => !enabled && !missing && maintained !== true)
      .map(({ name }) => `${name} is switched off`),
    ...checks
      .filter(({ enabled, down, maintained }) => enabled && down.length > 0 && maintained !== true)
      .map(({ name, down }) => `${name} is down from ${down.join(", ")}`),
  ],
  drift: (differences, environment) =>
    differences.length === 0
      ? []
      : [`the app's spec differs from what is configured: mam plan ${environment}`],
  data: (differences, environment) =>
    standingProblem("clusters and trusted sources", differences, environment),
  storage: (differences, environment) =>
    standingProblem("buckets and users", differences, environment),
};

const warnings: Judges = {
  running: (running) =>
    running?.maintained ? ["the maintenance page is shown instead of the app"] : [],
  secrets: (secrets, environment) =>
    secrets
      .filter(isOld)
      .map(
        ({ name, days = 0, rotatedAs = "<secret>" }) =>
          `${name} is ${days} days old: mam secrets rotate ${environment} ${rotatedAs}`,
      ),
  locks: (locks, environment) =>
    locks.map(
      ({ stack, lock }) =>
        `${stack} is locked${lock ? ` by ${lock.Who}, for ${lock.Operation}` : ""}: mam state show ${environment} says whose run it is`,
    ),
};

/** Judges a status. A part that gave no answer is a problem; one that was not asked for is not. */
export function judgeStatus(status: Status): StatusJudgement {
  const { problems: found, warnings: seen } = judgeParts(status, status.environment);
  return { problems: found, warnings: [...seen, ...oddityWarnings(status)] };
}

/** Judges some parts of a status. */
export function judgeParts(parts: SomeParts, environment: string): StatusJudgement {
  const silent = partsOf(parts).flatMap(([name, part]) =>
    part.state === "no answer" ? [`${name}: ${part.reason}`] : [],
  );
  return {
    problems: [...silent, ...judged(problems, parts, environment)],
    warnings: judged(warnings, parts, environment),
  };
}

function oddityWarnings({ oddities, environment }: Status): string[] {
  return oddityLines(oddities).map(
    (line) => `the ledger, ${line}: mam rollback ${environment} --list --repair`,
  );
}

/** Whether a secret is in use for longer than it should be. Of one that somebody else gives out, they decide it. */
export function isOld({ days, use, givenBy }: AgedSecret): boolean {
  return use !== "idle" && givenBy === undefined && days !== undefined && days > oldestDays;
}

function judged(judges: Judges, parts: SomeParts, environment: string): string[] {
  return partsOf(parts).flatMap(([name, part]) => {
    // TypeScript does not follow that name, judge and value belong together.
    const judge = judges[name] as ((value: unknown, environment: string) => string[]) | undefined;
    return part.state === "known" && judge ? judge(part.value, environment) : [];
  });
}

function partsOf(parts: SomeParts) {
  return partNames.flatMap((name): [keyof StatusParts, Part<unknown>][] => {
    const part = parts[name];
    return part ? [[name, part]] : [];
  });
}

function missingChecks(checks: StatusParts["uptime"], environment: string): string[] {
  const missing = checks.filter((check) => check.missing);
  if (missing.length === checks.length) return ["no uptime check watches the public endpoints"];
  return missing.map(({ name }) => `${name} is missing: mam deploy ${environment} makes it again`);
}

function standingProblem(
  what: string,
  differences: readonly string[],
  environment: string,
): string[] {
  if (differences.length === 0) return [];
  return [`${what} differ from what is configured: mam verify ${environment} says what mends it`];
}

function runningProblems(running: Running | undefined, environment: string): string[] {
  if (!running) return [`nothing is deployed: mam deploy ${environment}`];
  const others = running.images.flatMap(({ component, isReleased }) =>
    isReleased ? [] : [component],
  );
  const problems = {
    "no deployment serves": running.deployment === undefined,
    [`${others.join(", ")} does not run the released image: mam deploy ${environment}`]:
      running.deployment !== undefined && others.length > 0,
    [`the app is pinned to a rollback: mam rollback ${environment} --emergency`]:
      running.pinned !== undefined,
  };
  return Object.entries(problems).flatMap(([problem, isSo]) => (isSo ? [problem] : []));
}
