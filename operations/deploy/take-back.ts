import { askGit } from "../context/git.ts";
import type { Session } from "../context/session.ts";
import type { AppFailure } from "./failure.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { Blame } from "../ledger/settings.ts";

/** Where settings come from: everything but the JSON files, which have their own ways back. */
const sources = ["environments", "constructs", "stacks", ":(exclude)environments/*.json"];

/** Files that are named one by one. */
const shownFiles = 5;

/** How a release's settings are had back, a line each. */
export async function takeBackLines(
  { project, environment, interruption }: Session,
  { id, commit }: Pick<LedgerEntry, "id" | "commit">,
): Promise<string[]> {
  const file = `environments/${environment.config.name}.ts`;
  if (commit === undefined) {
    return [
      `Settings: make ${file} say what it said in release ${id}, which knows no revision of git`,
    ];
  }
  const revision = commit.replace("+", "");
  const dirty = commit === revision ? "" : ", though files were changed since that revision";
  const args = ["diff", "--name-only", revision, "--", ...sources];
  const { exitCode, stdout } = await askGit(project, args, interruption);
  const changed = stdout.split("\n").filter(Boolean);
  if (exitCode !== 0) {
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
 * What a person does after a release that failed, and why a rollback is or is not it: a rollback changes images, and
 * nothing else.
 */
export async function wayBack(
  session: Session,
  { good, images, settings }: Blame,
): Promise<string> {
  const { name } = session.environment.config;
  if (images && settings === false) return `Roll back: mam rollback ${name}\n`;
  const lines = await takeBackLines(session, good);
  const what = settings === undefined ? "may differ too" : "differ too";
  const text = images
    ? [
        `Roll the images back: mam rollback ${name}`,
        `The settings ${what}, and a rollback leaves them:`,
      ]
    : [
        `The images are those of release ${good.id}, which ran, so a rollback would change nothing that matters.`,
        "What differs is to be taken back:",
      ];
  return `${[...text, ...lines.map((line) => `  ${line}`), `  then: mam deploy ${name}`].join("\n")}\n`;
}

/** What a person does after a failed deployment of the app. */
export async function nextStep(
  session: Session,
  { serving }: AppFailure,
  blame: Blame | undefined,
): Promise<string> {
  const { name } = session.environment.config;
  if (serving && blame) return wayBack(session, blame);
  return `Mend what failed, release it, then: mam deploy ${name}\n`;
}
