import type { Check, Violation } from "../../context/check.ts";
import { violationsOf } from "../comparison.ts";
import type { VerifyContext } from "../context.ts";
import type { AccessResults } from "../storage-access/results.ts";
import { allowedChecks, refusedChecks, accessCheckText } from "../storage-access/access-checks.ts";
import { appKeyComparisons, bucketComparisons, userComparisons } from "../storage.ts";
import { knownKeyIds, surplusKeys } from "../surplus-keys.ts";
import { comparedStorage, deployOrKeep } from "./compared.ts";

const severity = "error";

function unexpected(
  { results }: AccessResults,
  checks: typeof allowedChecks,
  expected: "allowed" | "refused",
): Violation[] {
  return results
    .filter(({ check, outcome }) => checks.includes(check) && outcome !== undefined)
    .filter(({ outcome }) => outcome !== expected)
    .map(({ check, outcome = "" }) => ({
      resource: accessCheckText(check),
      expected,
      found: outcome,
    }));
}

/** Whether media is where it belongs, and every service may do its own step of the pipeline and nothing else. */
export const storageChecks: readonly Check<VerifyContext>[] = [
  comparedStorage(
    {
      id: "buckets",
      severity,
      what: "Versions, retention, expiry, origins and policy of every bucket are as configured.",
      why: "The policies are what keeps a stolen key from deleting masters.",
      fix: deployOrKeep,
    },
    bucketComparisons,
  ),
  {
    id: "storage-users",
    severity,
    what: "Every service has its own user, with its policy and as many keys as the rotation says.",
    why: "A key that nobody rotates, or a policy that grants more, opens more than one step of the pipeline.",
    fix: deployOrKeep,
    run: async ({ session, storage }) => {
      const found = await storage();
      const violations = violationsOf(userComparisons(session.environment, found));
      if (!violations.some(({ fix }) => fix !== undefined)) return violations;
      const known = await knownKeyIds(session);
      if (!known) return violations;
      return [
        ...violations.filter(({ fix }) => fix === undefined),
        ...surplusKeys(session, found, known),
      ];
    },
  },
  {
    id: "app-storage-keys",
    severity,
    what: "The storage keys that the app has are active keys of their roles.",
    why: "Uploads, previews and playback stop with the key that they use.",
    fix: "`mam deploy <environment>` gives the app the keys that stand",
    run: async ({ app, storage }) =>
      violationsOf(appKeyComparisons((await app()).spec, await storage())),
  },
  {
    id: "storage-allowed",
    severity,
    what: "Every service may do its own step of the pipeline with its own key.",
    why: "A service that is refused stops the pipeline at its step.",
    fix: deployOrKeep,
    run: async ({ access }) => {
      const found = await access();
      const left = found.left === undefined ? [] : [leftProbes(found.left)];
      return [...unexpected(found, allowedChecks, "allowed"), ...left];
    },
  },
  {
    id: "storage-refused",
    severity,
    what: "No service, and nobody without a key, may do anything else.",
    why: "A key that was stolen must not read, replace or delete what its service has no business with.",
    fix: "`mam deploy <environment>` writes the policies again; mam secrets rotate replaces a key that somebody may have used meanwhile",
    run: async ({ access }) => unexpected(await access(), refusedChecks, "refused"),
  },
];

function leftProbes(found: string): Violation {
  return {
    resource: "probes that verify wrote",
    expected: "removed",
    found,
    fix: "remove that prefix from staging, previews and backups; it expires by itself too",
  };
}
