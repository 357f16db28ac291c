import type { Scenario } from "../harness/scenario.ts";
import { analysis } from "./analysis.ts";
import { deploy } from "./deploy.ts";
import { drift } from "./hostile/drift.ts";
import { failedRelease } from "./failed-release.ts";
import { incidents } from "./incidents.ts";
import { interruption } from "./interruption.ts";
import { access } from "./mam/access.ts";
import { administration } from "./mam/administration.ts";
import { adoptByHand } from "./mam/adopt.ts";
import { backups } from "./mam/backups.ts";
import { mamDeploy } from "./mam/deploy.ts";
import { mamEmergencyRollback } from "./mam/emergency-rollback.ts";
import { mamFailedRelease, mamFailedReleaseRolledBack } from "./mam/failed-release.ts";
import { gpu } from "./mam/gpu.ts";
import { mamRelease } from "./mam/release.ts";
import { restore } from "./mam/restore.ts";
import { rotateDatabasePassword } from "./mam/rotate-database-password.ts";
import { rotateSigningKeys } from "./mam/rotate-signing-keys.ts";
import { rotateStorageKeys } from "./mam/rotate-storage-keys.ts";
import { mamMedia, media } from "./media.ts";
import { release } from "./release.ts";
import { rollback } from "./rollback.ts";
import { neighbours } from "./hostile/neighbours.ts";
import { isProtected } from "./hostile/protected.ts";
import { storm } from "./hostile/storm.ts";
import { teardown } from "./hostile/teardown.ts";
import { unchanged } from "./unchanged.ts";

/** Acts that build on each other, from nothing to the last of them. */
export interface Suite {
  /** Name in reports. */
  readonly name: string;
  readonly title: string;
  /** In the order in which they are played. */
  readonly scenarios: readonly Scenario[];
}

/** Every suite: the customer's own commands first, then `mam`. Each begins with empty platforms. */
export const suites: readonly Suite[] = [
  {
    name: "cdktf",
    title: "With cdktf and terraform, as the customer types them:",
    scenarios: [deploy, unchanged, release, failedRelease, rollback, media],
  },
  {
    name: "mam",
    title: "With mam:",
    scenarios: [
      mamDeploy,
      mamRelease,
      mamFailedRelease,
      mamFailedReleaseRolledBack,
      mamEmergencyRollback,
      rotateSigningKeys,
      rotateStorageKeys,
      rotateDatabasePassword,
      mamMedia,
      backups,
      restore,
      adoptByHand,
      administration,
      access,
      incidents,
      analysis,
      gpu,
    ],
  },
  {
    name: "interruption",
    title: "With mam, interrupted again and again:",
    scenarios: [interruption],
  },
  {
    name: "hostile",
    title: "With mam, where people and platforms are against it:",
    scenarios: [drift, isProtected, teardown, neighbours, storm],
  },
];
