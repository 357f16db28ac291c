import type { Manifest } from "../../backups/manifest.ts";
import type { Facts } from "./facts.ts";
import type { Privileges } from "./privileges.ts";

/** Something that was compared, and what is not as it was. */
export interface Proof {
  readonly what: string;
  /** Whether it could be judged; default: yes. */
  readonly judged?: boolean;
  readonly problems: readonly string[];
}

const difference = (what: string, expected: unknown, found: unknown) =>
  JSON.stringify(expected) === JSON.stringify(found)
    ? []
    : [
        `${what}: ${JSON.stringify(found)} here, ${JSON.stringify(expected)} in the dump's manifest`,
      ];

const missingFrom = (lines: readonly string[], others: readonly string[]) =>
  lines.filter((line) => !others.includes(line));

/** Compares a restored database with what its dump's manifest says. */
export function compare(manifest: Manifest, facts: Facts): Proof[] {
  const expected = Object.entries(manifest.rows.dumped);
  const sum = expected.reduce((total, [, count]) => total + count, 0);
  return [
    {
      what: `${sum} rows in ${expected.length} tables`,
      problems: expected.flatMap(([table, count]) => difference(table, count, facts.rows[table])),
    },
    {
      what: `newest migration ${manifest.migration ?? "none"}`,
      problems: difference("the newest migration", manifest.migration, facts.migration),
    },
    {
      what: "newest rows of assets and jobs",
      problems: [
        ...difference("the newest asset", manifest.newest.assets, facts.newest.assets),
        ...difference("the newest job", manifest.newest.jobs, facts.newest.jobs),
      ],
    },
    privilegesProof(manifest, facts),
    sequencesProof(facts.behind),
    ...locksProof(facts.locks),
  ];
}

/** @param expected of an older manifest have no further ones: then none are compared. */
export function privilegesProof(expected: Privileges, found: Privileges): Proof {
  const { privileges, furtherPrivileges: further = [] } = expected;
  const compared = expected.furtherPrivileges === undefined ? [] : found.furtherPrivileges;
  return {
    what: `${privileges.length + further.length} privileges, and no others`,
    problems: [
      ...privilegeProblems(privileges, found.privileges),
      ...privilegeProblems(further, compared ?? []),
    ],
  };
}

/** What differs in privileges, both ways: one that is lost, and one that was taken away and is there again. */
function privilegeProblems(expected: readonly string[], found: readonly string[]): string[] {
  return [
    ...missingFrom(expected, found).map((line) => `missing: ${line}`),
    ...missingFrom(found, expected).map((line) => `given back: ${line}`),
  ];
}

/** @param behind sequences that would give out an id which a row has already. */
export const sequencesProof = (behind: readonly string[]): Proof => ({
  what: "sequences beyond the largest ids",
  problems: behind.map((line) => `would give out an id again: ${line}`),
});

/** @param locks of migration tools that are held: a database as it is while a migration runs, or one that failed. */
export const locksProof = (locks: readonly string[]): Proof[] =>
  locks.map((lock) => ({
    what: "no migration is under way",
    problems: [
      `${lock} says that one is: there, every migration is refused until it is taken back`,
    ],
  }));
