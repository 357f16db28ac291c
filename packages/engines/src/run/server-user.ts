/** A user by its numbers. */
export interface ServerUser {
  readonly uid: number;
  readonly gid: number;
}

/** `nobody` of every Linux distribution, who owns nothing. */
const nobody: ServerUser = { uid: 65_534, gid: 65_534 };

/**
 * The user that servers run as when we are root: PostgreSQL and PgBouncer refuse root. Undefined where we are nobody
 * special: servers then run as ourselves.
 */
export const serverUser = (): ServerUser | undefined =>
  process.getuid?.() === 0 ? nobody : undefined;
