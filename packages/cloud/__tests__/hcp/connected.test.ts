import { execa } from "execa";

import { openRemote, until } from "./support/remote.ts";

const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

const repository = { identifier: "northlight/mam-infra", branch: "main" };

/** A workspace whose Terraform was initialised here, with settings, and what is committed of its directory. */
async function open(settings: object) {
  const remote = await openRemote();
  opened.push(remote);
  const { call, hcp, terraform, workspace, runs } = remote;
  const init = await terraform.run("init", "-input=false");
  expect([init.exitCode, init.all]).toEqual([0, expect.any(String)]);
  const attributes = { "vcs-repo": repository, ...settings };
  const changed = await call("PATCH", `/workspaces/${workspace().id}`, {
    data: { type: "workspaces", attributes },
  });
  expect(changed).toMatchObject({ status: 200, body: { data: { attributes } } });
  const commit = async (message: string, paths: readonly string[], directory = ".") => {
    const line = ["-czf", "-", `--transform=s,^,${directory}/,`, "main.tf.json"];
    const cwd = terraform.directory;
    const { stdout } = await execa("tar", line, { cwd, encoding: "buffer" });
    hcp.push({ ...repository, message, changed: paths, archive: Buffer.from(stdout) });
  };
  const become = async (place: number, status: string) => {
    await until(() => runs()[place]?.status === status);
  };
  const approve = async (place: number) => {
    await call("POST", `/runs/${runs()[place]?.id}/actions/apply`, {});
    await become(place, "applied");
  };
  return { ...remote, commit, become, approve };
}

test("a commit begins a run of the directory that it changes, which waits for approval", async () => {
  const settings = { "working-directory": "stacks/staging-app", "queue-all-runs": true };
  const { hcp, commit, become, approve, runs, workspace } = await open(settings);
  await commit("a page", ["README.md", "stacks/staging-app-old/main.tf.json"]);
  const ofPage = runs().length;
  await commit("a stack", ["stacks/staging-app/main.tf.json"], "stacks/staging-app");
  await become(0, "planned");
  const held = workspace().lock;
  await approve(0);

  expect(ofPage).toBe(0);
  expect(runs().map(({ message }) => message)).toEqual(["a stack"]);
  expect(held).toMatchObject({ type: "runs", id: runs()[0]?.id });
  expect(hcp.store.stateVersions).toMatchObject([{ outputs: [{ name: "it", value: "1" }] }]);
  expect(hcp.findings()).toEqual([]);
}, 240_000);

test("a commit begins no run before somebody began one", async () => {
  const { hcp, call, commit, become, approve, runs, workspace } = await open({});
  await commit("the first", ["main.tf.json"]);
  const ofFirst = runs().length;
  const relation = (type: string, id: string | undefined) => ({ data: { type, id } });
  await call("POST", "/runs", {
    data: {
      type: "runs",
      attributes: { message: "by hand" },
      relationships: {
        workspace: relation("workspaces", workspace().id),
        "configuration-version": relation(
          "configuration-versions",
          hcp.store.configurationVersions[0]?.id,
        ),
      },
    },
  });
  await become(0, "planned");
  await approve(0);
  await commit("the second", ["main.tf.json"]);
  await become(1, "planned_and_finished");

  expect(ofFirst).toBe(0);
  expect(runs().map(({ message }) => message)).toEqual(["by hand", "the second"]);
  expect(hcp.findings()).toEqual([]);
}, 240_000);

test("a commit to another branch, to another repository, or of a workspace that runs nothing begins no run", async () => {
  const { hcp, call, commit, runs, workspace } = await open({ "queue-all-runs": true });
  const given = { message: "elsewhere", changed: ["main.tf.json"], archive: Buffer.alloc(0) };
  hcp.push({ ...given, ...repository, branch: "other" });
  hcp.push({ ...given, ...repository, identifier: "northlight/other" });
  await call("PATCH", `/workspaces/${workspace().id}`, {
    data: { type: "workspaces", attributes: { "execution-mode": "local" } },
  });
  await commit("nobody runs it", ["main.tf.json"]);

  expect([runs(), hcp.store.configurationVersions]).toEqual([[], []]);
});

test("Terraform plans beside a repository, and neither applies nor saves a plan", async () => {
  const { hcp, call, terraform, workspace, runs } = await open({});
  const plan = await terraform.run("plan", "-input=false", "-detailed-exitcode");
  const apply = await terraform.run("apply", "-input=false", "-auto-approve");
  const saved = await terraform.run("plan", "-input=false", "-out=plan");
  const statuses = runs().map(({ status }) => status);
  await call("PATCH", `/workspaces/${workspace().id}`, {
    data: { type: "workspaces", attributes: { "vcs-repo": null } },
  });
  const disconnected = await terraform.run("apply", "-input=false", "-auto-approve");

  expect(plan.exitCode).toBe(2);
  expect([apply.exitCode, apply.all]).toEqual([
    1,
    expect.stringContaining("Apply not allowed for workspaces with a VCS connection"),
  ]);
  expect([saved.exitCode, saved.all]).toEqual([
    1,
    expect.stringContaining("Saved plans not allowed for workspaces with a VCS connection"),
  ]);
  expect(statuses).toEqual(["planned_and_finished"]);
  expect(disconnected.exitCode).toBe(0);
  expect(hcp.findings()).toEqual([]);
}, 240_000);

test("what is applied in a source begins a run of what was committed last, which waits for approval", async () => {
  const { hcp, call, commit, become, approve, runs, workspace } = await open({
    "queue-all-runs": true,
  });
  const source = await call("POST", "/organizations/northlight/workspaces", {
    data: { type: "workspaces", attributes: { name: "data", "vcs-repo": repository } },
  });
  const { id } = source.body.data as { id: string };
  const path = `/workspaces/${workspace().id}/run-triggers`;
  const relationships = { sourceable: { data: { type: "workspaces", id } } };
  const made = await call("POST", path, { data: { relationships } });
  const again = await call("POST", path, { data: { relationships } });
  const listed = await call("GET", `${path}?filter[run-trigger][type]=inbound`);
  await commit("what is there", ["main.tf.json"]);
  await become(0, "planned");
  await approve(0);
  hcp.store.workspaces.find((one) => one.id === id)!.queueAllRuns = true;
  await commit("both", ["main.tf.json"]);
  await until(() =>
    runs().some(({ workspaceId, status }) => workspaceId === id && status === "planned"),
  );
  await approve(runs().findIndex(({ workspaceId }) => workspaceId === id));
  await until(() => runs().at(-1)?.status === "planned_and_finished");

  expect([made.status, again.status]).toEqual([201, 422]);
  expect(listed.body.data).toMatchObject([{ attributes: { "sourceable-name": "data" } }]);
  expect(runs().at(-1)).toMatchObject({
    workspaceId: workspace().id,
    message: "Queued by a run trigger",
  });
  expect(hcp.findings()).toEqual([]);
}, 240_000);
