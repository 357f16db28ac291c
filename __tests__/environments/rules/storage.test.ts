import { checkEnvironment } from "../../../environments/loading/check.ts";
import { storageRules } from "../../../environments/rules/storage.ts";
import { staging } from "../../../environments/staging.ts";
import { type BrokenRule, itFinds } from "../../support/rules.ts";

const accepted = "Accepted for the length of this test run.";

const proposed = (tier: string, days: number) =>
  `set storage.${tier}.objectLock: { mode: "GOVERNANCE", days: ${days} }; where the bucket stands without, write storage.${tier}.unlockedReason, for a lock replaces the bucket (docs/stateful-resources.md)`;

const contradiction =
  "no object lock, or no reason to have none: both together contradict each other";

const rows: readonly BrokenRule[] = [
  {
    change: (draft) => (draft.storage.bucketPrefix = "Northlight.MAM"),
    path: "storage.bucketPrefix",
    value: '"Northlight.MAM"',
    expected:
      "3 to 54 lower-case letters, digits and single hyphens, starting and ending with a letter or digit; no dots, which break TLS",
    fix: 'set storage.bucketPrefix: "<company>-mam-<environment>"',
  },
  {
    change: (draft) => (draft.storage.bucketPrefix = "mam-production"),
    path: "storage.bucketPrefix",
    value: '"mam-production"',
    expected:
      "a distinctive name: all customers of Wasabi share one namespace, so it needs a word of your own, such as the company's",
    fix: 'set storage.bucketPrefix: "<company>-mam-<environment>"',
  },
  {
    change: (draft) => {
      draft.storage.masters = {
        versioning: false,
        versioningReason: accepted,
        objectLock: { mode: "GOVERNANCE", days: 30 },
      };
    },
    path: "storage.masters.objectLock",
    value: '{"mode":"GOVERNANCE","days":30}',
    expected: "object lock only with versioning: it locks versions",
    fix: "set storage.masters.versioning: true, or remove storage.masters.objectLock",
  },
  {
    change: (draft) => (draft.storage.masters = { versioning: false, unlockedReason: accepted }),
    path: "storage.masters.versioning",
    value: "false",
    expected: "true: without versions an overwritten master is gone",
    fix: "remove it, or write storage.masters.versioningReason",
  },
  {
    change: (draft) => (draft.storage.masters = {}),
    path: "storage.masters.objectLock",
    value: "missing",
    expected:
      "object lock, or a written reason: without it an administrator's key deletes originals for good",
    fix: proposed("masters", 30),
  },
  {
    change: (draft) => (draft.storage.backups = {}),
    path: "storage.backups.objectLock",
    value: "missing",
    expected:
      "object lock, or a written reason: without it whoever destroys the database can destroy its dumps too",
    fix: proposed("backups", 30),
  },
  {
    in: staging,
    change: (draft) => (draft.storage.backups = {}),
    path: "storage.backups.objectLock",
    value: "missing",
    expected:
      "object lock, or a written reason: without it whoever destroys the database can destroy its dumps too",
    fix: proposed("backups", 7),
  },
  ...(["masters", "backups"] as const).map((tier): BrokenRule => {
    return {
      change: (draft) => Object.assign(draft.storage[tier] ?? {}, { unlockedReason: accepted }),
      path: `storage.${tier}.unlockedReason`,
      value: JSON.stringify(accepted),
      expected: contradiction,
      fix: `remove storage.${tier}.unlockedReason, or storage.${tier}.objectLock where the bucket has none`,
    };
  }),
  {
    change: (draft) => (draft.storage.backups = { objectLock: { mode: "COMPLIANCE", days: 90 } }),
    path: "storage.backups.objectLock.days",
    value: "90",
    expected:
      "at most 30, the days that dumps are kept: what is locked for longer expires only in name, and is billed on",
    fix: "set storage.backups.objectLock.days: 30, or raise storage.retention.backupsDays",
  },
];

test("masters of staging need no lock and no reason", () => {
  expect(staging.storage.masters).toBeUndefined();
  expect(checkEnvironment("staging", "the file", staging).findings).toEqual([]);
});

itFinds(rows, storageRules);
