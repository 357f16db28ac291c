import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";

import type { Pool } from "pg";
import { pino } from "pino";

import { rememberFiles } from "../../api/src/assets/files.ts";
import { createPool } from "../../api/src/database/pool.ts";
import { type TestDatabase, startTestDatabase } from "../../../packages/engines/src/index.ts";
import { engines } from "../../local/engines.ts";
import { needs } from "./support/needs.ts";

const idOf = (number: number) => `00000000-0000-4000-8000-${String(number).padStart(12, "0")}`;

describe("the files of a page", needs, () => {
  let server: TestDatabase;
  let database: Pool;
  before(async () => {
    server = await startTestDatabase(engines);
    const { POSTGRES_URL: url, POSTGRES_CA_CERT: certificateAuthority } = server.migrate;
    database = createPool({ url, certificateAuthority }, pino({ level: "silent" }));
    await database.query("create table uploads (id uuid primary key, file_name text, size bigint)");
    await database.query(
      "insert into uploads select ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, n || '.mov', n from generate_series(1, 9) n",
    );
  });
  after(async () => {
    await database.end();
    await server.close();
  });

  const namesOf = async (find: ReturnType<typeof rememberFiles>, numbers: readonly number[]) => {
    const files = await find(numbers.map(idOf));
    return numbers.map((number) => files.get(idOf(number)));
  };
  const expected = (numbers: readonly number[]) =>
    numbers.map((number) => ({ fileName: `${number}.mov`, size: number }));

  test("are those of their uploads, known ones and new ones, and known ones without the database", async () => {
    const find = rememberFiles(database);
    assert.deepEqual(await namesOf(find, [1, 2]), expected([1, 2]));
    assert.deepEqual(await namesOf(find, [3, 1, 2]), expected([3, 1, 2]));

    await database.query("alter table uploads rename to elsewhere");
    try {
      assert.deepEqual(await namesOf(find, [2, 3]), expected([2, 3]));
      await assert.rejects(namesOf(find, [2, 4]), /uploads/);
    } finally {
      await database.query("alter table elsewhere rename to uploads");
    }
  });

  test("are whole when there are more than are remembered", async () => {
    const find = rememberFiles(database, 3);
    for (const numbers of [
      [1, 2],
      [2, 3, 4],
      [1, 2, 3, 4, 5],
      [4, 5],
    ])
      assert.deepEqual(await namesOf(find, numbers), expected(numbers));
  });

  test("without an upload are not there", async () => {
    assert.deepEqual(await namesOf(rememberFiles(database), [1, 77]), [
      ...expected([1]),
      undefined,
    ]);
  });
});
