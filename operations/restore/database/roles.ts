import type pg from "pg";

/** Those of some roles that a server has not. */
export async function missingRoles(
  client: pg.Client,
  names: readonly string[],
): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select name from unnest($1::text[]) name where name not in (select rolname from pg_roles)",
    [names],
  );
  return rows.map(({ name }) => name);
}
