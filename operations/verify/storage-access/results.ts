import type { S3Client } from "@aws-sdk/client-s3";

import { serviceRoleNames } from "../../../constructs/storage/service-roles.ts";
import { type StorageTier, bucketName, storageTiers } from "../../../constructs/storage/tiers.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import type { Session } from "../../context/session.ts";
import { tidy } from "../../context/tidying.ts";
import { whereConfigured } from "../../platform/where-configured.ts";
import { allEnded } from "./all-ended.ts";
import { type AccessOutcome, type AccessPlace, attemptAccess, attemptAsNobody } from "./attempt.ts";
import { activeServiceKeys } from "./keys.ts";
import { anyKey, keepsWhatIsWritten, probePrefix, putProbes, removeProbes } from "./probes.ts";
import { type AccessCheck, allowedChecks, refusedChecks } from "./access-checks.ts";

/** An access check and what it came to. */
export interface AccessCheckResult {
  readonly check: AccessCheck;
  /** Undefined when there is nothing to try it on. */
  readonly outcome: AccessOutcome | undefined;
}

/** What all checks came to. */
export interface AccessResults {
  readonly results: readonly AccessCheckResult[];
  /** Why probes could not be removed, and where they are; undefined when they are gone. */
  readonly left: string | undefined;
}

/**
 * Tries every cell with the service's own key, on objects that the administrator writes for it and removes afterwards.
 * What remains after a crash lies under `mam-verify-…` and expires with its bucket's other objects.
 *
 * @throws CheckSkipped without the keys of Wasabi and of the state bucket.
 */
export async function tryAccess(session: Session): Promise<AccessResults> {
  const { config } = session.environment;
  const keys = await activeServiceKeys(session);
  const storage = await whereConfigured(() => session.clients.wasabiStorage());
  const services = new Map(
    serviceRoleNames.map((role) => [role, session.clients.wasabiStorageAs(keys[role])]),
  );
  const prefix = probePrefix();
  try {
    const place = await placesToTry(storage, config, prefix);
    const results = await allEnded(
      [...allowedChecks, ...refusedChecks].map(async (check) => ({
        check,
        outcome: await outcomeOf(check, place(check.tier), services, session),
      })),
    );
    return { results, left: await removal(session, config, prefix) };
  } catch (error) {
    await removal(session, config, prefix);
    throw error;
  }
}

async function placesToTry(storage: S3Client, config: EnvironmentConfig, prefix: string) {
  const kept = storageTiers.filter((tier) => keepsWhatIsWritten(config, tier));
  const found = await Promise.all(
    kept.map(async (tier) => [tier, await anyKey(storage, config, tier)] as const),
  );
  const standing = new Map(found);
  await putProbes(storage, config, prefix);
  return (tier: StorageTier): AccessPlace => ({
    bucket: bucketName(config, tier),
    prefix,
    keepsWhatIsWritten: standing.has(tier),
    readable: standing.has(tier) ? standing.get(tier) : `${prefix}/probe`,
  });
}

async function outcomeOf(
  check: AccessCheck,
  place: AccessPlace,
  services: ReadonlyMap<string, S3Client>,
  session: Session,
): Promise<AccessOutcome | undefined> {
  const client = services.get(check.role);
  // A missing object is refused to everybody who may not list: only one that is there shows who may read it.
  if (check.action === "read" && place.readable === undefined) return undefined;
  return client ? attemptAccess(client, check, place) : attemptAsNobody(session, place);
}

async function removal(
  session: Session,
  config: EnvironmentConfig,
  prefix: string,
): Promise<string | undefined> {
  try {
    await tidy(session, (own) => removeProbes(own.wasabiStorage(), config, prefix));
    return undefined;
  } catch (error) {
    return `${prefix}: ${error instanceof Error ? error.message : String(error)}`;
  }
}
