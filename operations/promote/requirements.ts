import { backupImage } from "../../constructs/app/backup-image.ts";
import { backupName, migrationJobName } from "../../constructs/app/context.ts";
import { environmentContract } from "../../constructs/app/contract.ts";
import { type Check, CheckSkipped, type Violation } from "../context/check.ts";
import { revisionOf } from "../deploy/differing-files.ts";
import { componentsOf } from "../platform/running-app.ts";
import { missingSecrets } from "../secrets/missing.ts";
import { type Promotion, type Runs, releaseOf, targetOf } from "./promotion.ts";

/** Whether the target gives the images what they had where they were verified. */
export const requirementChecks: readonly Check<Promotion>[] = [
  {
    id: "components",
    severity: "error",
    what: "Both environments run the same components.",
    why: "A component without its image is taken away, and one that is not configured never runs.",
    fix: "release its image in both, or switch it off with a reason",
    run: (promotion) => componentProblems(promotion),
  },
  {
    id: "migration",
    severity: "error",
    what: "The target migrates its database before a deployment as the release did.",
    why: "Images that meet another schema than their own fail.",
    fix: "set services.migration.command of both environments alike",
    run: (promotion) => migrationProblems(promotion),
  },
  {
    id: "variables",
    severity: "error",
    what: "The target gives each component every variable that it had.",
    why: "A process that lacks one does not start, or does something else.",
    fix: "bring the code that the release was deployed from into this checkout",
    run: (promotion) => missingVariables(promotion),
  },
  {
    id: "secrets",
    severity: "error",
    what: "Every secret of the target is sealed, or supplied.",
    why: "Its plan stops at the first secret that nobody has.",
    fix: "export the secret as TF_VAR_<name in lower case>",
    run: (promotion) => missingSecrets(targetOf(promotion), promotion.supplied),
  },
  {
    id: "same-code",
    severity: "warning",
    what: "This checkout makes the stacks as the release's revision did.",
    why: "Verify accepted images together with the infrastructure of that revision.",
    fix: "read the plan with care, or check that revision out",
    run: (promotion) => otherCode(promotion),
  },
];

/** What runs. @throws CheckSkipped when nothing does, which another check reports. */
function running({ runs }: Promotion): Runs {
  if (!runs) throw new CheckSkipped("nothing runs");
  return runs;
}

function componentProblems(promotion: Promotion): Violation[] {
  const { from, to } = promotion;
  const release = releaseOf(promotion);
  const [source, target] = [from.config.name, to.config.name];
  const { backup } = to.config.services;
  const isLost = backupImage(to) !== undefined && release.images.backup === undefined;
  const isUnwanted =
    release.images.backup !== undefined && !backup.enabled && backup.disabledReason === undefined;
  return [
    ...(isLost
      ? [
          {
            resource: `${backupName} of ${target}`,
            expected: `an image of it in release ${release.id}`,
            found: `none: ${source} runs no ${backupName}`,
            fix: `mam release ${source} backup=${to.release.images.backup ?? "<tag>"}, then mam deploy ${source}`,
          },
        ]
      : []),
    ...(isUnwanted
      ? [
          {
            resource: `${backupName} of release ${release.id}`,
            expected: `a component of ${target}`,
            found: "services.backup.enabled is false, without a reason",
            fix: `remove it from environments/${target}.ts, or write services.backup.disabledReason`,
          },
        ]
      : []),
    ...foreignComponents(promotion),
  ];
}

/** Components that the code of this checkout does not know. */
function foreignComponents(promotion: Promotion): Violation[] {
  const known = new Set<string>(environmentContract.flatMap(({ components }) => components));
  return componentsOf(running(promotion).spec)
    .filter(({ name }) => !known.has(name))
    .map(({ name }) => ({
      resource: name,
      expected: `a component of ${promotion.to.config.name}`,
      found: "this checkout makes none of that name",
      fix: broughtIn(promotion),
    }));
}

function migrationProblems(promotion: Promotion): Violation[] {
  const { config } = promotion.to;
  const { command } = config.services.migration;
  const jobs = running(promotion).spec.jobs ?? [];
  const job = jobs.find(({ name, kind }) => name === migrationJobName && kind === "PRE_DEPLOY");
  const ran = typeof job?.run_command === "string" ? job.run_command : undefined;
  if (ran === command) return [];
  return [
    {
      resource: `the job ${migrationJobName} of ${config.name}`,
      expected: ran === undefined ? "no command of its own" : `\`${ran}\` before a deployment`,
      found: `\`${command}\` before a deployment`,
      fix:
        ran === undefined
          ? broughtIn(promotion)
          : `set services.migration.command: ${JSON.stringify(ran)} in environments/${config.name}.ts`,
    },
  ];
}

function missingVariables(promotion: Promotion): Violation[] {
  const { config } = targetOf(promotion);
  return componentsOf(running(promotion).spec).flatMap(({ name, envs = [] }) => {
    const given = new Set(
      environmentContract
        .filter(({ components }) => components.some((one) => one === name))
        .map((variable) => variable.name),
    );
    return envs
      .filter(({ key }) => !given.has(key))
      .map(({ key }) => ({
        resource: `${key} of ${name}`,
        expected: `a variable that ${config.name} gives it`,
        found: "this checkout knows no such variable",
        fix: broughtIn(promotion),
      }));
  });
}

/** Files that are named one by one. */
const shownFiles = 5;

function otherCode(promotion: Promotion): Violation[] {
  const { differing } = promotion;
  const release = releaseOf(promotion);
  if (differing === undefined) {
    const reason = release.commit === undefined ? "it knows no revision" : "git does not have it";
    throw new CheckSkipped(`release ${release.id} cannot be compared: ${reason}`);
  }
  if (differing.length === 0) return [];
  const more = differing.length > shownFiles ? ", …" : "";
  return [
    {
      resource: "this checkout",
      expected: `the code of revision ${release.commit ?? ""}`,
      found: `other files: ${differing.slice(0, shownFiles).join(", ")}${more}`,
      fix: `git diff ${revisionOf(release.commit ?? "")} shows how`,
    },
  ];
}

/** The line that brings what the release was deployed from into this checkout. */
function broughtIn(promotion: Promotion): string {
  const { commit } = releaseOf(promotion);
  if (commit === undefined) return "add it to this checkout, as the release's own had it";
  return `git merge ${revisionOf(commit)}`;
}
