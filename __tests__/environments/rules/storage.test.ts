import { storageRules } from "../../../environments/rules/storage.ts";
import { type BrokenRule, itFinds } from "../../support/rules.ts";

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
        versioningReason: "Accepted for the length of this test run.",
        objectLock: { mode: "GOVERNANCE", days: 30 },
      };
    },
    path: "storage.masters.objectLock",
    value: '{"mode":"GOVERNANCE","days":30}',
    expected: "object lock only with versioning: it locks versions",
    fix: "set storage.masters.versioning: true, or remove storage.masters.objectLock",
  },
  {
    change: (draft) => (draft.storage.masters = { versioning: false }),
    path: "storage.masters.versioning",
    value: "false",
    expected: "true: without versions an overwritten master is gone",
    fix: "remove it, or write storage.masters.versioningReason",
  },
];

itFinds(rows, storageRules);
