import type { Session } from "../../../operations/context/session.ts";
import { makeUsers, usersIn } from "../../../operations/restore/switch/data.ts";

/** A session whose clusters have users, and who was made a user of which cluster. */
function sessionWith(users: Readonly<Record<string, readonly string[]>>) {
  const made: string[] = [];
  const call = (
    name: string,
    { cluster_id: cluster = "" }: { readonly cluster_id?: string },
    { body }: { readonly body?: { readonly name: string } } = {},
  ) => {
    if (name === "createDatabaseUser") made.push(`${body?.name ?? ""} in ${cluster}`);
    return Promise.resolve({ users: (users[cluster] ?? []).map((user) => ({ name: user })) });
  };
  const config = { database: { user: "mam_app" } };
  const clients = { digitalOcean: () => ({ call }) };
  return { made, session: { clients, environment: { config } } as unknown as Session };
}

test("roles of a dump that were users of the old cluster are users of the new one, which can sign in; others are roles", async () => {
  const { session, made } = sessionWith({
    old: ["doadmin", "mam_app", "mam_app_b", "analyst"],
    new: ["doadmin", "mam_app"],
  });
  const others = await usersIn(session, "old", ["analyst", "mam_app", "mam_readers"]);
  await makeUsers(session, "new", others);

  expect(others).toEqual(["analyst", "mam_app"]);
  expect(made).toEqual(["mam_app_b in new", "analyst in new"]);
});
