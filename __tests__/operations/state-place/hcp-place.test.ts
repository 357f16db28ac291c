import type { Hcp } from "@mam-infra/clients/hcp";
import { HcpError } from "@mam-infra/clients/hcp/error";

import { hcpPlace } from "../../../operations/state-place/hcp-place.ts";
import { hcpBackend } from "../../support/hcp.ts";

/** An organisation that answers what a test wrote down, and remembers what is done to its one workspace. */
function placeWith(answers: object) {
  const done: string[] = [];
  const does = (what: string) => () => Promise.resolve(void done.push(what));
  const hcp = {
    workspace: () => Promise.resolve({ id: "ws-1" }),
    lock: () => Promise.resolve(true),
    unlock: does("gives the lock back"),
    currentStateVersion: () => Promise.resolve(undefined),
    createStateVersion: does("writes"),
    ...answers,
  };
  return { place: hcpPlace(() => hcp as unknown as Hcp, hcpBackend), done };
}
const state = JSON.stringify({ version: 4, serial: 3, lineage: "a" });

test("a state is written into a workspace that is there, free and empty", async () => {
  const { place, done } = placeWith({});
  await place.create("staging-app", state);

  expect(done).toEqual(["writes", "gives the lock back"]);
});

const afterOthers =
  "\n  fix: see who works there, then the same line again; mam state show <environment> lists what is there";

test.each([
  [
    "is not there",
    { workspace: () => Promise.resolve(undefined) },
    "The workspace mam-staging-app is not there.\n  fix: mam state bootstrap <environment> makes it",
    [],
  ],
  [
    "is locked",
    { lock: () => Promise.resolve(false) },
    `somebody holds the lock of the workspace mam-staging-app; nothing was written there${afterOthers}`,
    [],
  ],
  [
    "has a state by then",
    { currentStateVersion: () => Promise.resolve({ id: "sv-1" }) },
    `the workspace mam-staging-app has a state already; nothing was written there${afterOthers}`,
    ["gives the lock back"],
  ],
])("nothing is written into a workspace that %s", async (_, answers, refusal, then) => {
  const { place, done } = placeWith(answers);

  await expect(place.create("staging-app", state)).rejects.toThrow(refusal);
  expect(done).toEqual(then);
});

test("what is no state is rolled back on HCP Terraform's page: its serial is known nowhere else", async () => {
  const { place, done } = placeWith({});
  const page = `https://app.terraform.io/app/${hcpBackend.organization}/workspaces/mam-staging-app/states`;

  expect(place.wayBack("staging-app")).toContain(page);
  await expect(place.overwrite("staging-app", state, "")).rejects.toThrow(page);
  expect(done).toEqual([]);
});

test("a workspace that there is not has no versions, and any other refusal is said", async () => {
  const refused = (status: number) => () =>
    Promise.reject(new HcpError({ method: "GET", path: "/state-versions", status }, "no"));
  const versions = (status: number) =>
    placeWith({ stateVersions: refused(status) }).place.versions("staging-app");

  expect(await versions(404)).toEqual([]);
  await expect(versions(403)).rejects.toThrow("GET /state-versions: 403: no");
});
