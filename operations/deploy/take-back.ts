import type { Session } from "../context/session.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import { type Blame, sameSettings } from "../ledger/settings.ts";
import { differingFiles, revisionOf } from "./differing-files.ts";
import type { DeploymentEnd } from "./end.ts";

/** Files that are named one by one. */
const shownFiles = 5;

/**
 * How a release's settings are had back, a line each.
 *
 * @param changed what {@link differingFiles} found.
 */
export function takeBackLines(
  environment: string,
  { id, commit }: Pick<LedgerEntry, "id" | "commit">,
  changed: readonly string[] | undefined,
): string[] {
  const file = `environments/${environment}.ts`;
  if (commit === undefined) {
    return [
      `Settings: make ${file} say what it said in release ${id}, which knows no revision of git`,
    ];
  }
  const revision = revisionOf(commit);
  const dirty = commit === revision ? "" : ", though files were changed since that revision";
  if (changed === undefined) {
    return [
      `Settings: release ${id} is of revision ${revision}, which this checkout does not have: git fetch`,
    ];
  }
  if (changed.length === 0) {
    return [
      `Settings: no file differs from revision ${revision} of release ${id}${dirty}; secrets and the platform may`,
    ];
  }
  const others = changed.filter((one) => one !== file);
  const shown = [...others.slice(0, shownFiles), ...(others.length > shownFiles ? ["…"] : [])];
  return [
    ...(changed.includes(file)
      ? [`Settings of release ${id}${dirty}: git checkout ${revision} -- ${file}`]
      : []),
    ...(others.length > 0
      ? [
          `Also different since release ${id}${dirty}: ${shown.join(", ")}; git diff ${revision} shows how`,
        ]
      : []),
  ];
}

/**
 * How that is had back which a release was made from besides images, a line each; nothing where it is the same now.
 *
 * @param now what the files say now.
 */
export async function besidesImages(
  session: Session,
  release: LedgerEntry,
  now: Pick<LedgerEntry, "settings">,
): Promise<string[]> {
  const same = sameSettings(release, now);
  const changed = await differingFiles(session, release, same);
  const { name } = session.environment.config;
  return same === false || changed?.length ? takeBackLines(name, release, changed) : [];
}

/** Says that images are not all of a release, with {@link besidesImages}; nothing where they are. */
export function imagesAreNotAll({ id }: LedgerEntry, lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const indented = lines.map((line) => `  ${line}\n`);
  return `Images alone do not restore release ${id}: it was made from other settings or code.\n${indented.join("")}`;
}

/**
 * What a person does after a release that failed, and why a rollback is or is not it: a rollback changes images, and
 * nothing else.
 */
export async function afterFailedRelease(
  session: Session,
  { good, images, settings }: Blame,
): Promise<string> {
  const { name } = session.environment.config;
  const sameSettings = settings === undefined ? undefined : !settings;
  const changed = await differingFiles(session, good, sameSettings);
  if (images && settings === false && !changed?.length) return `Roll back: mam rollback ${name}\n`;
  const lines = takeBackLines(name, good, changed);
  return advice(images ? besideImages(name, settings) : insteadOfImages(good), lines, name);
}

function besideImages(environment: string, settings: boolean | undefined): string[] {
  const what = {
    true: "The settings differ too, and a rollback leaves them:",
    false: "What stacks are made from differs too, and a rollback leaves it:",
    undefined: "The settings may differ too, and a rollback leaves them:",
  }[String(settings) as "true" | "false" | "undefined"];
  return [`Roll the images back: mam rollback ${environment}`, what];
}

function insteadOfImages({ id }: LedgerEntry): string[] {
  return [
    `The images are those of release ${id}, which ran, so a rollback would change nothing that matters.`,
    "What differs is to be taken back:",
  ];
}

function advice(heading: readonly string[], lines: readonly string[], environment: string): string {
  const indented = lines.map((line) => `  ${line}`);
  return `${[...heading, ...indented, `  then: mam deploy ${environment}`].join("\n")}\n`;
}

/** What a person does after a deployment that failed; undefined when nothing is known beside its reason. */
export async function nextStep(
  session: Session,
  end: Pick<DeploymentEnd, "result" | "failure" | "analysis">,
  blame: Blame | undefined,
): Promise<string | undefined> {
  const { result, failure, analysis } = end;
  if (result !== "failed") return undefined;
  const { name } = session.environment.config;
  if (analysis?.outcome === "not known") {
    return `Look yourself: mam status ${name}\nWatch it again: mam deploy ${name} --analyse 10m\n`;
  }
  if (!failure && !analysis) return afterOtherFailure(session, blame);
  if ((analysis ?? failure?.serving) && blame) return afterFailedRelease(session, blame);
  return `Mend what failed, release it, then: mam deploy ${name}\n`;
}

/** What Terraform could not do, and what verify found, may have causes of its own: settings are named as one of them. */
async function afterOtherFailure(
  session: Session,
  blame: Blame | undefined,
): Promise<string | undefined> {
  if (blame?.settings !== true) return undefined;
  const { good } = blame;
  const { name } = session.environment.config;
  const heading = `The settings are others than those of release ${good.id}, which ran. Where they are the cause, take them back:`;
  const changed = await differingFiles(session, good, false);
  return advice([heading], takeBackLines(name, good, changed), name);
}
