import { createHash, randomBytes } from "node:crypto";

import type { Pool } from "pg";

import { type Queryable, inTransaction } from "../database/pool.ts";
import type { Caller } from "./access-tokens.ts";

/**
 * Seconds for which a replaced token is taken again: two tabs refresh at once with the same cookie, and an answer that
 * was lost is asked for again. After it, a replaced token in use means that two parties have it.
 */
const graceSeconds = 60;

/** A session with the token that continues it. */
export interface SessionToken extends Caller {
  readonly token: string;
}

/** What came of a refresh token; `reused` has just ended its session. */
export type Rotation = SessionToken | "unknown" | "reused";

/** 256 random bits need no slow hash: there is nothing to guess. */
const hashOf = (token: string) => createHash("sha256").update(token).digest();

/** Begins a session. */
export async function openSession(
  database: Pool,
  userId: string,
  lifetimeSeconds: number,
): Promise<SessionToken> {
  return inTransaction(database, async (connection) => {
    const { rows } = await connection.query<{ id: string }>(
      `insert into sessions (user_id, expires_at)
       values ($1, now() + make_interval(secs => $2)) returning id`,
      [userId, lifetimeSeconds],
    );
    const sessionId = rows[0]?.id ?? "";
    return { userId, sessionId, token: await addToken(connection, sessionId, lifetimeSeconds) };
  });
}

async function addToken(database: Queryable, sessionId: string, lifetimeSeconds: number) {
  const token = randomBytes(32).toString("base64url");
  await database.query(
    `insert into refresh_tokens (hash, session_id, expires_at)
     values ($1, $2, now() + make_interval(secs => $3))`,
    [hashOf(token), sessionId, lifetimeSeconds],
  );
  return token;
}

interface FoundToken extends Caller {
  readonly isReused: boolean;
}

/**
 * Replaces a refresh token by a new one. A token that was replaced longer ago than the grace ends the whole session:
 * either it was stolen or its successor was, and nobody can tell which.
 */
export async function rotateToken(
  database: Pool,
  token: string,
  lifetimeSeconds: number,
): Promise<Rotation> {
  return inTransaction(database, async (connection) => {
    const found = await findToken(connection, token);
    if (!found) return "unknown";
    const { userId, sessionId, isReused } = found;
    if (isReused) {
      await endSession(connection, sessionId);
      return "reused";
    }
    await connection.query(
      "update refresh_tokens set replaced_at = coalesce(replaced_at, now()) where hash = $1",
      [hashOf(token)],
    );
    await connection.query(
      "update sessions set expires_at = now() + make_interval(secs => $2) where id = $1",
      [sessionId, lifetimeSeconds],
    );
    return { userId, sessionId, token: await addToken(connection, sessionId, lifetimeSeconds) };
  });
}

async function findToken(database: Queryable, token: string): Promise<FoundToken | undefined> {
  const { rows } = await database.query<FoundToken>(
    `select s.user_id as "userId", s.id as "sessionId",
       coalesce(t.replaced_at < now() - make_interval(secs => $2), false) as "isReused"
     from refresh_tokens t join sessions s on s.id = t.session_id
     where t.hash = $1 and t.expires_at > now()
     for update of t`,
    [hashOf(token), graceSeconds],
  );
  return rows[0];
}

/** Ends the session of a refresh token; nothing happens when there is none. */
export async function endSessionOf(database: Queryable, token: string): Promise<void> {
  await database.query(
    "delete from sessions where id = (select session_id from refresh_tokens where hash = $1)",
    [hashOf(token)],
  );
}

/** Ends a session. */
export async function endSession(database: Queryable, sessionId: string): Promise<void> {
  await database.query("delete from sessions where id = $1", [sessionId]);
}

/** Deletes what has expired. */
export async function deleteExpired(database: Queryable): Promise<void> {
  await database.query("delete from sessions where expires_at < now()");
  await database.query("delete from refresh_tokens where expires_at < now()");
}
