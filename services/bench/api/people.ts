import { randomUUID } from "node:crypto";

import pg from "pg";

import { connectionOf } from "../../api/src/database/pool.ts";
import { createAccessTokens } from "../../api/src/sessions/access-tokens.ts";
import type { Surroundings } from "./surroundings.ts";

/** Somebody who is signed in, and has begun an upload. */
export interface SignedIn {
  readonly token: string;
  readonly uploadId: string;
  /** Of a network of their own: limits count by address. */
  readonly address: string;
}

/** Assets in the library, all with a preview. */
export const assetCount = 5000;

const gibibyte = 1024 ** 3;

/** Bytes of a part, the contract's default. */
export const partBytes = 64 * 1024 ** 2;

/**
 * Makes accounts with a session and an upload of 1 GiB in progress each, and a library. By SQL, because a thousand
 * passwords take minutes to be hashed; the tokens are those that signing in would give.
 */
export async function signInPeople(
  { database, variables }: Surroundings,
  count: number,
): Promise<SignedIn[]> {
  const { POSTGRES_URL: url, POSTGRES_CA_CERT: certificateAuthority } = database.migrate;
  const client = new pg.Client(connectionOf({ url, certificateAuthority }));
  await client.connect();
  try {
    const people = Array.from({ length: count }, () => ({
      userId: randomUUID(),
      sessionId: randomUUID(),
      uploadId: randomUUID(),
    }));
    const ids = (name: keyof (typeof people)[number]) => people.map((person) => person[name]);
    const parameters = [ids("userId"), ids("sessionId"), ids("uploadId")];
    await client.query(makePeople[0], [parameters[0]]);
    await client.query(makePeople[1], [parameters[0], parameters[1]]);
    await client.query(makePeople[2], [parameters[0], parameters[2], gibibyte, partBytes]);
    for (const statement of makeLibrary)
      await client.query(statement, [parameters[0]?.[0], assetCount]);
    await client.query("analyze");
    const { JWT_SECRET_A: A = "" } = variables;
    const tokens = createAccessTokens(
      { keys: { A, B: "" }, active: "A" },
      { lifetimeSeconds: 3600, clockSkewSeconds: 0 },
    );
    return people.map(({ userId, sessionId, uploadId }, index) => ({
      token: tokens.sign({ userId, sessionId }),
      uploadId,
      address: `198.18.${index >> 8}.${index & 255}`,
    }));
  } finally {
    await client.end();
  }
}

const makePeople = [
  `insert into users (id, email, password_hash)
   select id, id || '@example.com', 'none' from unnest($1::uuid[]) as id`,
  `insert into sessions (id, user_id, expires_at)
   select s, u, now() + interval '1 day' from unnest($1::uuid[], $2::uuid[]) as one(u, s)`,
  `insert into uploads (id, user_id, file_name, content_type, size, part_bytes, object_key, storage_id)
   select up, u, 'holiday.mp4', 'video/mp4', $3, $4, up || '/holiday.mp4', replace(up::text, '-', '')
   from unnest($1::uuid[], $2::uuid[]) as one(u, up)`,
] as const;

const makeLibrary = [
  `insert into uploads (id, user_id, file_name, content_type, size, part_bytes, object_key, storage_id, status)
   select gen_random_uuid(), $1, 'Interview with the mayor, take ' || n || '.mov', 'video/quicktime', 734003200 + n,
     67108864, 'key-' || n, 'done', 'completed' from generate_series(1, $2::int) as n`,
  `insert into assets (id, staging_tag, status, playable, media, promoted_at)
   select id, '"0123456789abcdef0123456789abcdef-11"', 'ready', true,
     '{"fps": 25, "width": 1280, "height": 720, "duration": 754.32, "hasAudio": true}', now()
   from uploads where user_id = $1 and status = 'completed' limit $2`,
] as const;
