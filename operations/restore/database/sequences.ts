import type pg from "pg";

/**
 * Every sequence that numbers a column, with that column: one of whole numbers, since what a text is made of cannot be told. One
 * that begins anew at its end repeats itself on purpose.
 */
const sequencesQuery = `
  select format('%I.%I', sn.nspname, s.relname) as sequence, format('%I.%I', tn.nspname, t.relname) as table,
      quote_ident(a.attname) as column, q.seqincrement as step
    from pg_depend d
    join pg_class s on s.oid = d.objid and s.relkind = 'S' join pg_namespace sn on sn.oid = s.relnamespace
    join pg_sequence q on q.seqrelid = s.oid and not q.seqcycle
    join pg_class t on t.oid = d.refobjid join pg_namespace tn on tn.oid = t.relnamespace
    join pg_attribute a on a.attrelid = t.oid and a.attnum = d.refobjsubid
      and a.atttypid in ('int2'::regtype, 'int4'::regtype, 'int8'::regtype, 'numeric'::regtype)
    where d.classid = 'pg_class'::regclass and d.refclassid = 'pg_class'::regclass and d.deptype in ('a', 'i')
    order by 1`;

interface Numbering {
  readonly sequence: string;
  readonly table: string;
  readonly column: string;
  /** Difference of an id to the one before, below 0 for a sequence that counts down; a text. */
  readonly step: string;
}

/** Sequences that would give out an id which a row has already. */
export async function sequencesBehind(client: pg.Client): Promise<string[]> {
  const { rows } = await client.query<Numbering>(sequencesQuery);
  const behind: string[] = [];
  for (const numbering of rows) {
    const { sequence, table, column } = numbering;
    if (await isBehind(client, numbering)) behind.push(`${sequence} for ${table}.${column}`);
  }
  return behind;
}

async function isBehind(
  client: pg.Client,
  { sequence, table, column, step }: Numbering,
): Promise<boolean> {
  const beyond = step.startsWith("-") ? "<=" : ">=";
  const { rows } = await client.query<{ behind: boolean }>(
    `select exists (select 1 from ${table} t,
         (select last_value::numeric + case when is_called then ${step} else 0 end as id from ${sequence}) next
       where t.${column} ${beyond} next.id and mod(t.${column} - next.id, ${step}) = 0) as behind`,
  );
  return rows[0]?.behind === true;
}
