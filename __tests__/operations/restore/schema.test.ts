import { schemaProblems, schemaStatements } from "../../../operations/restore/database/schema.ts";

const script = (body: string, key: string) =>
  `--\n-- PostgreSQL database dump\n--\n\n\\restrict ${key}\n\nSET statement_timeout = 0;\nSELECT pg_catalog.set_config('search_path', '', false);\n\n${body}\n\\unrestrict ${key}\n`;

test("two readings of one schema are equal, whatever their random key", () => {
  const table = "CREATE TABLE public.one (\n    id integer\n);\n";
  expect(schemaStatements(script(table, "abc"))).toEqual(schemaStatements(script(table, "xyz")));
});

test("a check of texts is the same after a restore, which writes its casts otherwise", () => {
  const before =
    "ALTER TABLE a ADD CONSTRAINT c CHECK (((kind)::text = ANY ((ARRAY['x'::character varying, 'y'::character varying])::text[])));\n";
  const after =
    "ALTER TABLE a ADD CONSTRAINT c CHECK (((kind)::text = ANY (ARRAY[('x'::character varying)::text, ('y'::character varying)::text])));\n";
  expect(schemaStatements(before)).toEqual(schemaStatements(after));
});

test("what is missing and what is more is named, and long lists are cut", () => {
  const some = Array.from({ length: 7 }, (_, index) => `CREATE INDEX i${index}`);
  expect(schemaProblems(["CREATE TABLE b"], ["CREATE TABLE a"])).toEqual([
    "missing: CREATE TABLE a",
    "not in the original: CREATE TABLE b",
  ]);
  expect(schemaProblems([], some).at(-1)).toBe("missing: 2 more");
  expect(schemaProblems(["twice"], ["twice", "twice"])).toEqual(["missing: twice"]);
});

test("that an archive fills materialized views, and pg_dump's schema does not, is no difference", () => {
  const view = "CREATE MATERIALIZED VIEW public.busy AS\n SELECT 1 AS one\n  WITH NO DATA;\n";
  const filled = `${view}\nREFRESH MATERIALIZED VIEW public.busy;\n`;
  expect(schemaStatements(script(filled, "a"))).toEqual(schemaStatements(script(view, "b")));
});
