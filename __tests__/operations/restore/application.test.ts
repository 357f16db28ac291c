import type pg from "pg";

import { proveLogin } from "../../../operations/restore/database/application.ts";

const login = { user: "mam_app", password: "secret" };
const denied = "42501";

/** A database that refuses statements with codes, and remembers what it is told. */
function database(refuses: (statement: string) => string | undefined) {
  const told: string[] = [];
  const client = {
    query: (statement: string) => {
      told.push(statement);
      const code = refuses(statement);
      return code === undefined
        ? Promise.resolve({ rows: [] })
        : Promise.reject(Object.assign(new Error("refused"), { code }));
    },
    end: () => Promise.resolve(void told.push("end")),
  };
  return { told, connect: () => Promise.resolve(client as unknown as pg.Client) };
}
const ofTheSchema = /^(create|alter|drop) /;
const asItShould = (statement: string) => (ofTheSchema.test(statement) ? denied : undefined);
const problemsOf = async (refuses: (statement: string) => string | undefined) =>
  (await proveLogin(database(refuses), login)).problems;

test("who may work, and may not alter the schema, is proved, and leaves no trace", async () => {
  const { told, connect } = database(asItShould);

  expect(await proveLogin({ connect }, login)).toEqual({
    what: "mam_app may work, and may not alter the schema",
    problems: [],
  });
  const tried = told.filter((statement) => !["begin", "rollback", "end"].includes(statement));
  expect(told).toEqual([...tried.flatMap((statement) => ["begin", statement, "rollback"]), "end"]);
});

test("work that is refused is a problem, with what the server refuses it with", async () => {
  const problems = await problemsOf((statement) =>
    statement.startsWith("insert") ? denied : asItShould(statement),
  );

  expect(problems).toEqual([
    expect.stringMatching(/^mam_app is refused \(42501\): insert into public\.users /),
  ]);
});

test.each([
  ["is done", undefined, "done"],
  ["fails for another reason than a missing right", "42P01", "42P01"],
])("a change of the schema that %s is a problem", async (_, code, said) => {
  const problems = await problemsOf((statement) =>
    statement === "drop table public.assets" ? code : asItShould(statement),
  );

  expect(problems).toEqual([`mam_app is not refused (${said}): drop table public.assets`]);
});

test("who may not log in is a problem by itself", async () => {
  const connect = () => Promise.reject(new Error("password authentication failed"));

  expect(await proveLogin({ connect }, login)).toMatchObject({
    problems: ["mam_app may not log in: password authentication failed"],
  });
});
