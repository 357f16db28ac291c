import { type OpenRun, type RunWork } from "../../src/hcp/runs/work.ts";
import { openHcp } from "./support/terraform.ts";

/** Runs whose plan is done when it is let go, each once. */
function heldWork() {
  const release: (() => void)[] = [];
  const state = Buffer.from(
    JSON.stringify({ version: 4, serial: 1, lineage: "one", outputs: {}, resources: [] }),
  );
  const work: RunWork = {
    plan: () =>
      new Promise((resolve) => {
        release.push(() => {
          resolve({ hasChanges: true, json: "{}", redacted: "{}" });
        });
      }),
    apply: () => Promise.resolve({ ok: true, state }),
    close: () => Promise.resolve(),
  };
  const openRun: OpenRun = () => Promise.resolve(work);
  return { openRun, release };
}

async function open(concurrency?: number) {
  const { openRun, release } = heldWork();
  const opened = await openHcp({ openRun, ...(concurrency === undefined ? {} : { concurrency }) });
  const { call, hcp } = opened;
  const idOf = ({ body }: { body: Record<string, unknown> }) => (body.data as { id: string }).id;
  const workspace = async (name: string) =>
    idOf(
      await call("POST", "/organizations/northlight/workspaces", {
        data: { type: "workspaces", attributes: { name } },
      }),
    );
  const configuration = async (id: string) => {
    const answer = await call("POST", `/workspaces/${id}/configuration-versions`, {
      data: { type: "configuration-versions", attributes: { "auto-queue-runs": false } },
    });
    const { attributes } = answer.body.data as { attributes: Record<string, string> };
    await fetch(attributes["upload-url"]!, { method: "PUT", body: "an archive" });
    return idOf(answer);
  };
  const run = async (id: string, attributes: object = {}) =>
    idOf(
      await call("POST", "/runs", {
        data: {
          type: "runs",
          attributes,
          relationships: {
            workspace: { data: { type: "workspaces", id } },
            "configuration-version": {
              data: { type: "configuration-versions", id: await configuration(id) },
            },
          },
        },
      }),
    );
  const statuses = () => hcp.store.runs.map(({ status }) => status);
  /** Lets the oldest plan that works end. */
  const planned = async () => {
    release.shift()?.();
    await new Promise((resolve) => setTimeout(resolve, 20));
  };
  return { ...opened, workspace, run, statuses, planned };
}

test("one run of an organisation works at a time, and the queue says who waits", async () => {
  const { hcp, call, workspace, run, statuses, planned } = await open();
  const [app, data] = [await workspace("app"), await workspace("data")];
  await run(app, { "plan-only": true });
  await run(data, { "plan-only": true });
  const before = statuses();
  const queue = await call("GET", "/organizations/northlight/runs/queue");
  const capacity = await call("GET", "/organizations/northlight/capacity");
  await planned();
  const after = statuses();
  await planned();
  await hcp.close();

  expect(before).toEqual(["planning", "pending"]);
  expect(queue.body).toMatchObject({ data: [{ attributes: { "position-in-queue": 2 } }] });
  expect(capacity.body).toMatchObject({ data: { attributes: { pending: 1, running: 1 } } });
  expect(after).toEqual(["planned_and_finished", "planning"]);
});

test("a run that waits for approval holds up its workspace, and not a plan alone, a saved plan or another workspace", async () => {
  const { hcp, call, workspace, run, statuses, planned } = await open(4);
  const [app, data] = [await workspace("app"), await workspace("data")];
  const first = await run(app);
  await planned();
  await run(app);
  await run(app, { "plan-only": true });
  await run(app, { "save-plan": true });
  await run(data);
  const before = statuses();
  await call("POST", `/runs/${first}/actions/apply`, {});
  await planned();
  await planned();
  await planned();
  const after = statuses();
  const applied = hcp.store.stateVersions.length;
  await planned();
  await hcp.close();

  expect(before).toEqual(["planned", "pending", "planning", "planning", "planning"]);
  expect(after).toEqual([
    "applied",
    "planning",
    "planned_and_finished",
    "planned_and_saved",
    "planned",
  ]);
  expect(applied).toBe(1);
});

test("a run begins when the lock of its workspace is given back, and none in a workspace with local execution", async () => {
  const { hcp, call, workspace, run, statuses, planned } = await open();
  const app = await workspace("app");
  await call("POST", `/workspaces/${app}/actions/lock`, { reason: "maintenance" });
  await run(app);
  const locked = statuses();
  await call("POST", `/workspaces/${app}/actions/unlock`);
  const free = statuses();
  await planned();
  hcp.store.workspaces[0]!.executionMode = "local";
  await expect(run(app)).rejects.toThrow();
  await hcp.close();

  expect([locked, free]).toEqual([["pending"], ["planning"]]);
});

test("a configuration that queues runs by itself begins one when it is uploaded, as a commit does", async () => {
  const { hcp, call, workspace, statuses, planned } = await open();
  const app = await workspace("app");
  const answer = await call("POST", `/workspaces/${app}/configuration-versions`, {
    data: { type: "configuration-versions", attributes: {} },
  });
  const { attributes } = answer.body.data as { attributes: Record<string, string> };
  const before = statuses();
  await fetch(attributes["upload-url"]!, { method: "PUT", body: "an archive" });
  const second = await fetch(attributes["upload-url"]!, { method: "PUT", body: "another" });
  const after = statuses();
  await planned();
  await hcp.close();

  expect([before, after, second.status]).toEqual([[], ["planning"], 409]);
});

test("a variable is told without its value once it is sensitive, stays so, and is taken away", async () => {
  const { hcp, call, workspace } = await open();
  const vars = `/workspaces/${await workspace("app")}/vars`;
  const made = await call("POST", vars, {
    data: {
      type: "vars",
      attributes: { key: "token", value: "secret", category: "env", sensitive: true },
    },
  });
  const { id } = made.body.data as { id: string };
  const change = (attributes: object) =>
    call("PATCH", `${vars}/${id}`, { data: { type: "vars", attributes } });
  const twice = await call("POST", vars, {
    data: { type: "vars", attributes: { key: "token", category: "env" } },
  });
  const opened = await change({ sensitive: false });
  const changed = await change({ value: "another" });
  const kept = hcp.store.variables[0]?.value;
  const gone = await call("DELETE", `${vars}/${id}`);
  const left = await call("GET", vars);
  await hcp.close();

  expect([made.status, twice.status, opened.status, changed.status, gone.status]).toEqual([
    201, 422, 422, 200, 204,
  ]);
  expect(made.body).toMatchObject({ data: { attributes: { key: "token", value: null } } });
  expect(kept).toBe("another");
  expect(left.body).toEqual({ data: [] });
});
