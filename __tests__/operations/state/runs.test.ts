import { showRuns } from "../../../operations/state/runs.ts";
import { silent } from "../../support/deploying.ts";
import { anEnvironment } from "../../support/environments.ts";
import { onHcp } from "../../support/hcp.ts";
import { aSession } from "../../support/recorded/session.ts";

const sessionWith = (runs: Readonly<Record<string, object>>) =>
  aSession({
    ...{ environment: anEnvironment(), project: "/project" },
    clients: {
      hcp: () =>
        ({
          workspace: (name: string) =>
            Promise.resolve(Object.hasOwn(runs, name) ? { id: name } : undefined),
          runs: { list: (id: string) => Promise.resolve([runs[id]]) },
        }) as never,
    },
  });
const show = (session: Parameters<typeof showRuns>[0]) =>
  showRuns(session, { discard: false }, silent);
const applied = { id: "run-1", status: "applied", isPlanOnly: false, isDiscardable: false };

test.each([
  ["in Spaces", sessionWith({})],
  ["in HCP Terraform, which runs nothing", onHcp(sessionWith({}))],
])("with states %s there are no runs, and what says more is named", async (_, session) => {
  await expect(show(session)).rejects.toThrow(
    /^HCP Terraform runs nothing of production: .*\n {2}fix: mam status production says what was deployed$/,
  );
});

test("a stack of which nothing ran, or nothing but plans, is not well", async () => {
  const runs = {
    "mam-production-storage": applied,
    "mam-production-data": { ...applied, id: "run-2", isPlanOnly: true },
  };
  const { ok, text, data } = await show(onHcp(sessionWith(runs), "remote"));

  expect(ok).toBe(false);
  expect(data).toMatchObject({
    runs: [
      { stack: "production-storage", run: "run-1", ok: true },
      { stack: "production-data", status: "no run", ok: false },
      { stack: "production-app", status: "no run", ok: false },
    ],
  });
  expect(text).toMatch(
    /production-app +no run\nThe logs: https:\/\/app\.terraform\.io\/app\/northlight/,
  );
});

test("runs that all ended well are well", async () => {
  const names = ["storage", "data", "app"].map((kind) => `mam-production-${kind}`);
  const runs = Object.fromEntries(names.map((name) => [name, applied]));

  expect(await show(onHcp(sessionWith(runs), "remote"))).toMatchObject({ ok: true });
});
