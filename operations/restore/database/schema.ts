import { type PostgresProgram, runProgram } from "./clients.ts";
import type { RestoreTarget } from "./target.ts";

/** What every schema is read with: owners and rights are compared apart. */
const options = ["--schema-only", "--no-owner", "--no-privileges"];

/** Reads the schema of a database with pg_dump. @throws RestoreRefused with pg_dump's last words. */
export async function schemaOf(
  pgDump: PostgresProgram,
  { name, environment }: Pick<RestoreTarget, "name" | "environment">,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const read = { arguments: [...options, `--dbname=${name}`], environment, signal };
  return schemaStatements(await runProgram(pgDump, read));
}

/** Reads the schema that an archive has. @param list of the entries that count. */
export async function schemaInArchive(
  pgRestore: PostgresProgram,
  archive: { readonly file: string; readonly list: string },
  signal: AbortSignal,
): Promise<readonly string[]> {
  const parameters = [...options, `--use-list=${archive.list}`, "--file=-", archive.file];
  return schemaStatements(await runProgram(pgRestore, { arguments: parameters, signal }));
}

/** What PostgreSQL writes otherwise after each restore: casts of texts, and the parentheses around them (17.12). */
const rewritten = /::(?:character varying|text)(?:\[\])?|[()]/g;

/**
 * Settings of the session that reads a script; \restrict has a random key where none is given. An archive's schema also fills
 * materialized views, which is data, and pg_dump's does not.
 */
const ofTheScript =
  /^(?:--|\\(?:un)?restrict |SET |SELECT pg_catalog\.set_config|REFRESH MATERIALIZED VIEW )/;

/** The statements of a schema, in words that compare. */
export function schemaStatements(script: string): readonly string[] {
  const lines = script.split("\n").filter((line) => !ofTheScript.test(line));
  return lines
    .join("\n")
    .split(/;\n/)
    .map((statement) => statement.replaceAll(rewritten, "").replaceAll(/\s+/g, " ").trim())
    .filter((statement) => statement !== "")
    .toSorted();
}

/** Most differences that are shown of each kind. */
const shown = 5;

/** Longest that a statement is shown, in characters. */
const shownLength = 160;

/** What a copy's schema has not, and what it has besides. */
export function schemaProblems(copy: readonly string[], original: readonly string[]): string[] {
  const list = (word: string, statements: readonly string[]) => {
    const more = statements.length > shown ? [`${word}: ${statements.length - shown} more`] : [];
    const first = statements.slice(0, shown).map((one) => `${word}: ${one.slice(0, shownLength)}`);
    return [...first, ...more];
  };
  return [
    ...list("missing", without(original, copy)),
    ...list("not in the original", without(copy, original)),
  ];
}

/** What is left of a list when each of the others is taken out once. */
function without(list: readonly string[], others: readonly string[]): string[] {
  const left = [...others];
  return list.filter((one) => {
    const at = left.indexOf(one);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
