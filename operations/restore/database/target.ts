import type pg from "pg";

/** A login of a database. */
export interface Login {
  readonly user: string;
  readonly password: string;
}

/** A database that something is restored into, or that was. */
export interface RestoreTarget {
  /** Name of the logical database. */
  readonly name: string;
  /** Owner of everything, as the platform's own administrator is. */
  readonly owner: Login;
  /** The application's users. */
  readonly users: readonly Login[];
  /** Major version of the server. */
  readonly major: string;
  /** Settings of a connection as the owner, for PostgreSQL's programs. */
  readonly environment: Readonly<Record<string, string>>;
  /** Connects to it. */
  connect(login: Login): Promise<pg.Client>;
  /** Makes roles that rights speak of, without a login; those that there are stay as they are. */
  makeRoles(names: readonly string[]): Promise<void>;
}
