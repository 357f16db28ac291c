import { messageOf } from "@mam-infra/clients/message";
import type { Session } from "../context/session.ts";
import { type Access, readAccesses } from "../ledger/accesses.ts";
import { ledgerOf } from "../ledger/place.ts";
import { type ReachedDatabase, asAdministrator } from "./database.ts";
import { endConnections, removeReaders } from "./reader.ts";
import { distrust, rulesOf, trust } from "./trusted-sources.ts";
import { deadSessions, recordEnding } from "./record.ts";

/** Name under which the connections of an administrator's session are found. */
export const applicationOf = ({ id }: Pick<Access, "id">) => `mam psql ${id}`;

/**
 * Takes back what was opened for sessions: their users with every connection, then the addresses, unless another session is
 * open from there.
 *
 * @param own this machine's address: a deployment may have taken it out meanwhile.
 * @returns what could not be taken back, a sentence each; everything else was.
 */
export async function takeBack(
  session: Session,
  database: ReachedDatabase,
  closing: readonly Access[],
  own: string,
): Promise<string[]> {
  const sql = closing.map((one) =>
    one.role === undefined ? endConnections(applicationOf(one)) : removeReaders(one.role),
  );
  const api = session.clients.digitalOcean();
  return [
    ...(await trying(async () => {
      await trust(api, database.clusterId, own);
      await asAdministrator(session, database, sql.join("\n"));
    })),
    ...(await trying(async () => {
      const addresses = await addressesOnlyOf(session, closing);
      if (addresses.length > 0) await distrust(api, database.clusterId, addresses);
    })),
  ];
}

/** Closes sessions of processes that are gone, as the next session finds them. @returns what could not be taken back. */
export async function closeDead(
  session: Session,
  database: ReachedDatabase,
  own: string,
): Promise<string[]> {
  const dead = (await deadSessions(session)).filter(({ kind }) => kind === "psql");
  return dead.length === 0 ? [] : closeSessions(session, database, dead, own);
}

/**
 * Closes sessions that others opened. This machine is let in for as long as that takes.
 *
 * @param own this machine's address.
 */
export async function closeSessions(
  session: Session,
  database: ReachedDatabase,
  closing: readonly Access[],
  own: string,
): Promise<string[]> {
  const api = session.clients.digitalOcean();
  const isNew = await trust(api, database.clusterId, own);
  const problems = await takeBack(session, database, closing, own);
  if (isNew) await distrust(api, database.clusterId, [own]);
  if (problems.length > 0) return problems;
  const said = closing.map((one) => recordEnding(session, one, { result: "closed" }));
  return (await Promise.all(said)).flat();
}

/** What `--close` found and took back. */
export interface Closed {
  /** Sessions of the history that were open. */
  readonly sessions: readonly Access[];
  /** Trusted sources that the environment does not have. */
  readonly sources: readonly string[];
  readonly problems: readonly string[];
}

/**
 * Closes everything: each session that is open, by whomever; every user that was made for one; and every address that the
 * cluster trusts beside what is configured, also one that was let in by hand.
 */
export async function closeEverything(
  session: Session,
  database: ReachedDatabase,
  own: string,
): Promise<Closed> {
  const { vpcCidr } = session.environment.config.network;
  const api = session.clients.digitalOcean();
  const all = await readAccesses(ledgerOf(session));
  const sessions = all.filter(({ kind, result }) => kind === "psql" && result === "open");
  const rules = await rulesOf(api, database.clusterId);
  const sources = rules
    .filter(({ type, value }) => type === "ip_addr" && value !== vpcCidr)
    .map(({ value }) => value);
  await trust(api, database.clusterId, own);
  const sql = [
    removeReaders("all"),
    ...sessions
      .filter(({ role }) => role === undefined)
      .map((one) => endConnections(applicationOf(one))),
  ];
  const problems = [
    ...(await trying(() => asAdministrator(session, database, sql.join("\n")))),
    ...(await trying(() => distrust(api, database.clusterId, [...sources, own]))),
  ];
  const said =
    problems.length > 0
      ? []
      : await Promise.all(sessions.map((one) => recordEnding(session, one, { result: "closed" })));
  return { sessions, sources, problems: [...problems, ...said.flat()] };
}

/** Addresses of sessions from which no other session is open. */
async function addressesOnlyOf(session: Session, closing: readonly Access[]): Promise<string[]> {
  const closed = new Set(closing.map(({ id }) => id));
  const dead = new Set((await deadSessions(session)).map(({ id }) => id));
  const others = (await readAccesses(ledgerOf(session))).filter(
    ({ id, result }) => result === "open" && !closed.has(id) && !dead.has(id),
  );
  const kept = new Set(others.map(({ address }) => address));
  const addresses = closing.flatMap(({ address }) => address ?? []);
  return [...new Set(addresses)].filter((address) => !kept.has(address));
}

async function trying(action: () => Promise<unknown>): Promise<string[]> {
  try {
    await action();
    return [];
  } catch (error) {
    return [messageOf(error)];
  }
}
