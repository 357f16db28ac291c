import {
  processVariables,
  storageVariables,
  text,
  wholeNumber,
} from "@mam-services/common/environment";
import { z } from "zod";

/** Environment variables of the backup, as docs/environment-variables.md lists them. */
export const backupVariables = {
  ...processVariables,
  ...storageVariables,
  POSTGRES_URL: text,
  POSTGRES_CA_CERT: text,
  BACKUPS_BUCKET: text,
  WASABI_BACKUPS_ACCESS_KEY: text,
  WASABI_BACKUPS_SECRET: text,
  BACKUP_HOUR: wholeNumber.pipe(z.number().max(23, "expected an hour, 0 to 23")),
  BACKUP_RETENTION_DAYS: wholeNumber,
  BACKUP_LOCK_DAYS: wholeNumber,
  /** Directory with the client programs of each major: `<directory>/17/bin/pg_dump`. */
  POSTGRES_CLIENTS: text.default("/usr/lib/postgresql"),
};

/** What the backup is told. */
export type BackupEnvironment = z.output<z.ZodObject<typeof backupVariables>>;
