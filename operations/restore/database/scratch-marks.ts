import pg from "pg";

import { NotConfigured } from "../../context/credentials.ts";
import { type Holder, describeHolder, holderSchema, mayLive } from "../../context/holder.ts";
import { type ScratchServer, serverVariable } from "./scratch-server.ts";

/** Begin of the comment that every role of a proof has: who made it, so that the next one knows what a killed one left. */
const prefix = "mam restore: ";

/** Marks a role as one of a proof. */
export async function markRole(admin: pg.Client, role: string, holder: Holder): Promise<void> {
  const mark = pg.escapeLiteral(prefix + JSON.stringify(holder));
  await admin.query(`comment on role ${pg.escapeIdentifier(role)} is ${mark}`);
}

/** A role that a server has, with whose proof made it; undefined for one that no proof made. */
interface FoundRole {
  readonly name: string;
  readonly holder: Holder | undefined;
}

async function rolesOf(admin: pg.Client): Promise<readonly FoundRole[]> {
  const { rows } = await admin.query<{ name: string; comment: string | null }>(
    "select rolname as name, shobj_description(oid, 'pg_authid') as comment from pg_roles",
  );
  return rows.map(({ name, comment }) => ({ name, holder: holderOf(comment ?? "") }));
}

function holderOf(comment: string): Holder | undefined {
  if (!comment.startsWith(prefix)) return undefined;
  try {
    return holderSchema.safeParse(JSON.parse(comment.slice(prefix.length))).data;
  } catch {
    return undefined;
  }
}

/**
 * Roles that a killed proof left on a server.
 *
 * @param names of roles that a proof makes.
 * @throws NotConfigured when one of these is there and is in use, or may be.
 */
export async function leftRoles(
  admin: pg.Client,
  names: readonly string[],
  { host }: Pick<ScratchServer, "host">,
): Promise<readonly string[]> {
  const roles = await rolesOf(admin);
  const used = roles.find(({ name, holder }) => names.includes(name) && !holder);
  if (used)
    throw new NotConfigured(
      `${host} has a role ${used.name} already: it looks like a server that is in use, and a dump is only proved on one that holds nothing.\n  fix: name another in ${serverVariable}; docs/restore.md says how to start one`,
    );
  const alive = roles.find(({ holder }) => holder && mayLive(holder));
  if (alive?.holder)
    throw new NotConfigured(
      `${host} is in use by another proof: ${describeHolder(alive.holder)}.\n  fix: wait for its end, or name another server in ${serverVariable}; where that process was killed on another machine, start the server anew`,
    );
  return roles.filter(({ holder }) => holder).map(({ name }) => name);
}
