import { passwordsOf, renewedUsers, takenBy } from "../../../operations/verify/passwords.ts";
import type { ObservedData } from "../../../operations/platform/observed-data.ts";
import { anEnvironment } from "../../support/environments.ts";
import { anAgreeingState } from "../../support/observed-state.ts";
import { entryOf } from "../ledger/entries.ts";

const standing: ObservedData = anAgreeingState(anEnvironment());

/** What stands, with passwords. */
function withPasswords(api: string | undefined, valkey: string): ObservedData {
  return {
    ...standing,
    postgres: { ...standing.postgres!, users: [{ name: "mam_app", password: api }] },
    valkey: {
      ...standing.valkey!,
      cluster: { ...standing.valkey!.cluster, connection: { password: valkey } },
    },
  };
}

test("a password is remembered without being told", () => {
  const passwords = passwordsOf(withPasswords("hunter2", "hunter3"));

  expect(Object.keys(passwords)).toEqual(["mam_app of PostgreSQL", "default of Valkey"]);
  expect(JSON.stringify(passwords)).not.toContain("hunter");
});

test("a token that may not see passwords sees none, and none is taken for a new one", () => {
  const taken = passwordsOf(withPasswords("hunter2", "hunter3"));

  expect(passwordsOf(standing)).toEqual({});
  expect(renewedUsers(taken, passwordsOf(standing))).toEqual([]);
});

test("users whose password is another one now are named", () => {
  const taken = passwordsOf(withPasswords("hunter2", "hunter3"));

  expect(renewedUsers(taken, passwordsOf(withPasswords("hunter2", "hunter3")))).toEqual([]);
  expect(renewedUsers(taken, passwordsOf(withPasswords("reset", "reset")))).toEqual([
    "mam_app of PostgreSQL",
    "default of Valkey",
  ]);
  expect(renewedUsers(undefined, taken)).toEqual([]);
});

test("what a deployment took is what the entry that made it says, also when later ones changed nothing", () => {
  const passwords = { "mam_app of PostgreSQL": "abc" };
  const entries = [
    entryOf("one", { deployment: "first", passwords }),
    entryOf("two", { deployment: "first" }),
    entryOf("three", { deployment: "second" }),
  ];

  expect(takenBy(entries, "first")).toEqual(passwords);
  expect(takenBy(entries, "second")).toBeUndefined();
  expect(takenBy(entries, undefined)).toBeUndefined();
});
