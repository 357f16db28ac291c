import type { ChangeKind, EffectRow, TypeEffects } from "./effect.ts";
import { project, projectResources, vpc } from "./types/account.ts";
import { app } from "./types/app.ts";
import {
  databaseCluster,
  databaseConnectionPool,
  databaseDb,
  databaseFirewall,
  databasePostgresqlConfig,
  databaseUser,
  databaseValkeyConfig,
} from "./types/database.ts";
import { domain, record } from "./types/domain.ts";
import { machineEffects } from "./types/machines.ts";
import { monitorAlert, uptimeAlert, uptimeCheck } from "./types/monitoring.ts";
import { iamAccessKey, iamUser, iamUserPolicy, s3Bucket, s3BucketPolicy } from "./types/storage.ts";

/**
 * What a change of each type of resource really does: measured with the real providers (digitalocean 2.99.1, aws
 * 5.100.0), but for machines with a card. Plan and gate take their words from here; the rehearsal's providers are held to
 * the measurements by a test.
 */
export const effects: readonly TypeEffects[] = [
  app,
  databaseCluster,
  databaseConnectionPool,
  databaseDb,
  databaseFirewall,
  databasePostgresqlConfig,
  databaseUser,
  databaseValkeyConfig,
  domain,
  iamAccessKey,
  iamUser,
  iamUserPolicy,
  ...machineEffects,
  monitorAlert,
  project,
  projectResources,
  record,
  s3Bucket,
  s3BucketPolicy,
  uptimeAlert,
  uptimeCheck,
  vpc,
];

/** What the changes of a type do; undefined for a type that nothing is known of. */
export function effectsOf(type: string): TypeEffects | undefined {
  return effects.find((one) => one.type === type);
}

/** What a change of an argument does; undefined where nothing is known of it. */
export function effectOf(type: string, argument: string, kind: ChangeKind): EffectRow | undefined {
  return effectsOf(type)?.rows.find(
    (row) => isAbout(row, argument) && (row.kinds?.includes(kind) ?? true),
  );
}

/** Whether a row is about an argument: `rule` is about `rule.value` too. */
function isAbout({ argument: about, whole = false }: EffectRow, argument: string): boolean {
  if (about === "*" || about === argument) return true;
  return !whole && argument.startsWith(`${about}.`);
}
