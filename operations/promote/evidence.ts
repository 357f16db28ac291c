import { type Check, CheckSkipped, type Violation } from "../context/check.ts";
import type { LedgerEntry } from "../ledger/entry.ts";
import type { History } from "../ledger/history.ts";
import { areImages, imagesOf } from "../platform/deployments.ts";
import { type Promotion, releaseOf } from "./promotion.ts";

/** Whether verify accepted the release, and nothing has happened since: read from the history and the platform. */
export const evidenceChecks: readonly Check<Promotion>[] = [
  {
    id: "history",
    severity: "error",
    what: "The history can be read, up to its newest release.",
    why: "Without it nobody knows what verify accepted, or what was deployed since.",
    fix: "mam rollback <environment> --list says what is wrong with it",
    run: (promotion) => historyProblems(promotion),
  },
  {
    id: "deployed",
    severity: "error",
    what: "The release is in the history.",
    why: "What was never deployed was never tried.",
    fix: "mam deploy <environment>",
    run: (promotion) => notInHistory(promotion),
  },
  {
    id: "ended",
    severity: "error",
    what: "The deployment of the release is over.",
    why: "What is under way may still fail.",
    fix: "wait for it; mam status <environment> shows it",
    run: (promotion) =>
      found(promotion, ({ result }) => (result === "running" ? "it is under way" : undefined)),
  },
  {
    id: "not-rolled-back",
    severity: "error",
    what: "Nobody has gone back from the release.",
    why: "It was left for a reason.",
    fix: "mam release <environment> with images that mend it, then mam deploy <environment>",
    run: (promotion) =>
      found(promotion, ({ result }) => (result === "rolled back" ? "rolled back" : undefined)),
  },
  {
    id: "verified",
    severity: "error",
    what: "Verify looked at the release once it ran.",
    why: "That a deployment ended says nothing of what answers.",
    fix: "mam deploy <environment>, which verifies and records",
    run: (promotion) => found(promotion, unverified),
  },
  {
    id: "accepted",
    severity: "error",
    what: "Verify accepted the release, and so did everything after it.",
    why: "What verify found wrong would be wrong again.",
    fix: "mend what mam verify <environment> says, then mam deploy <environment>",
    run: (promotion) => found(promotion, unaccepted),
  },
  {
    id: "newest",
    severity: "error",
    what: "No other release was tried since.",
    why: "Verify looked at a platform that is no more: its settings and its schema may be others.",
    fix: "promote the newest one: leave the release out",
    run: (promotion) => laterReleases(promotion),
  },
  {
    id: "still-runs",
    severity: "error",
    what: "What runs is the deployment that verify looked at.",
    why: "Something was deployed past the history, such as from the control panel.",
    fix: "mam deploy <environment>, which verifies and records",
    run: (promotion) => runsOtherwise(promotion),
  },
  {
    id: "every-check",
    severity: "warning",
    what: "No check of verify was left out.",
    why: "Nobody knows what it would have found.",
    fix: "deploy with the credentials that the check needs: mam verify <environment> names them",
    run: (promotion) => leftOut(promotion),
  },
  {
    id: "watched-to-the-end",
    severity: "warning",
    what: "Where the release was watched, nobody broke it off.",
    why: "What would have turned red later is not known.",
    fix: "mam deploy <environment> --analyse 10m",
    run: (promotion) => brokenOff(promotion),
  },
];

/** @throws CheckSkipped when it cannot be read, which its own check says. */
function historyOf({ history }: Promotion): History {
  if ("unreadable" in history) throw new CheckSkipped("the history cannot be read");
  return history;
}

const releaseIs = ({ from }: Promotion, { id }: LedgerEntry) =>
  `release ${id} of ${from.config.name}`;

/** A violation of what has to hold of the release, where it does not. */
function found(
  promotion: Promotion,
  problem: (release: LedgerEntry) => string | undefined,
): Violation[] {
  const release = releaseOf(promotion);
  const said = problem(release);
  if (said === undefined) return [];
  return [
    { resource: releaseIs(promotion, release), expected: "accepted by mam verify", found: said },
  ];
}

function historyProblems(promotion: Promotion): Violation[] {
  const { history, from } = promotion;
  const { name } = from.config;
  const resource = `history of ${name}`;
  if ("unreadable" in history) {
    return [{ resource, expected: "the releases of it", found: history.unreadable }];
  }
  const release = releaseOf(promotion);
  if (history.certain.some(({ id }) => id === release.id)) return [];
  return [
    {
      resource,
      expected: `nothing that cannot be read since release ${release.id}`,
      found: history.oddities
        .filter(({ passedOver }) => passedOver)
        .map(({ entry, problem }) => `${entry}: ${problem}`)
        .join("; "),
      fix: `mam rollback ${name} --list --repair, then mam deploy ${name}`,
    },
  ];
}

function notInHistory(promotion: Promotion): Violation[] {
  const { named, from } = promotion;
  const { entries } = historyOf(promotion);
  const { name } = from.config;
  const resource = `history of ${name}`;
  if (entries.length === 0) {
    return [{ resource, expected: "a release that verify accepted", found: "no release at all" }];
  }
  if (named === undefined || entries.some(({ id }) => id === named)) return [];
  const newest = entries.slice(-3).map(({ id }) => id);
  return [
    {
      resource,
      expected: `release ${named}`,
      found: `no such release; the newest are ${newest.join(", ")}`,
      fix: `mam rollback ${name} --list shows all of them`,
    },
  ];
}

/** Entries from before it was recorded say it by their result alone. */
function unverified({ result, verified, reason }: LedgerEntry): string | undefined {
  if (result === "succeeded" || result === "running" || verified) return undefined;
  return `${result}, and never verified${reason === undefined ? "" : `: ${reason}`}`;
}

function unaccepted({ result, verified, reason, findings }: LedgerEntry): string | undefined {
  if (result === "succeeded" || result === "rolled back" || !verified) return undefined;
  const errors = findings.filter(({ severity }) => severity === "error").map(({ id }) => id);
  if (verified.failed > 0) {
    return `${verified.failed} checks failed: ${[...new Set(errors)].join(", ")}`;
  }
  return reason ?? result;
}

function laterReleases(promotion: Promotion): Violation[] {
  const release = releaseOf(promotion);
  const { entries } = historyOf(promotion);
  const later = entries.slice(entries.findIndex(({ id }) => id === release.id) + 1);
  const [newest] = later.toReversed();
  if (!newest) return [];
  return [
    {
      resource: releaseIs(promotion, release),
      expected: "the newest one",
      found: `${later.length} since; the newest is ${newest.id}, ${newest.kind}, ${newest.result}`,
      fix: `mam promote ${promotion.from.config.name} ${promotion.to.config.name}`,
    },
  ];
}

function runsOtherwise(promotion: Promotion): Violation[] {
  const release = releaseOf(promotion);
  const { runs } = promotion;
  const isSame =
    runs !== undefined &&
    areImages(imagesOf(runs), release) &&
    (release.deployment === undefined || release.deployment === runs.deployment);
  if (isSame) return [];
  return [
    {
      resource: `what ${promotion.from.config.name} runs`,
      expected: `deployment ${release.deployment ?? "(not recorded)"} with the images of release ${release.id}`,
      found: runs ? `deployment ${runs.deployment}` : "nothing",
    },
  ];
}

function leftOut(promotion: Promotion): Violation[] {
  const release = releaseOf(promotion);
  const skipped = release.verified?.skipped ?? [];
  if (skipped.length === 0) return [];
  return [
    {
      resource: releaseIs(promotion, release),
      expected: "every check made",
      found: `verify could not make ${skipped.join(", ")}`,
    },
  ];
}

function brokenOff(promotion: Promotion): Violation[] {
  const release = releaseOf(promotion);
  const { analysis } = release;
  if (analysis?.outcome !== "interrupted") return [];
  return [
    {
      resource: releaseIs(promotion, release),
      expected: "watched to the end",
      found: `broken off after ${analysis.seconds} seconds`,
    },
  ];
}
