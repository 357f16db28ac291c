import { createHash } from "node:crypto";

import { execa } from "execa";

import { openRemote, until } from "./support/remote.ts";

const opened: { close(): Promise<void> }[] = [];
const open = async () => {
  const remote = await openRemote();
  opened.push(remote);
  const init = await remote.terraform.run("init", "-input=false");
  expect([init.exitCode, init.all]).toEqual([0, expect.any(String)]);
  return remote;
};
afterEach(async () => {
  await Promise.all(opened.splice(0).map((one) => one.close()));
});

const variable = (key: string, value: string, more: object = {}) => ({
  data: { type: "vars", attributes: { key, value, category: "terraform", ...more } },
});

test("a remote plan, apply and plan: Terraform shows what the service executes, and the state is a version", async () => {
  const { hcp, terraform, workspace, runs } = await open();
  const plan = await terraform.run("plan", "-input=false", "-detailed-exitcode");
  const apply = await terraform.run("apply", "-input=false", "-auto-approve");
  const unchanged = await terraform.run("plan", "-input=false", "-detailed-exitcode");
  const output = await terraform.run("output", "-raw", "it");

  expect([plan.exitCode, apply.exitCode, unchanged.exitCode]).toEqual([2, 0, 0]);
  expect(plan.all).toContain("# terraform_data.it will be created");
  expect(apply.all).toContain("Apply complete! Resources: 1 added, 0 changed, 0 destroyed.");
  expect(unchanged.all).toContain("No changes. Your infrastructure matches the configuration.");
  expect(output.stdout).toBe("1");
  expect(runs().map(({ status }) => status)).toEqual([
    "planned_and_finished",
    "applied",
    "planned_and_finished",
  ]);
  expect(workspace()).toMatchObject({ executionMode: "remote", lock: undefined });
  expect(hcp.store.stateVersions).toMatchObject([
    { status: "finalized", outputs: [{ name: "it" }] },
  ]);
  expect(hcp.findings()).toEqual([]);
}, 240_000);

test("an apply that nobody approves ends with 1, and its run keeps the next from beginning until it is discarded", async () => {
  const { hcp, call, terraform, runs } = await open();
  const refused = await terraform.run("apply", "-input=false");
  const next = terraform.run("apply", "-input=false", "-auto-approve");
  await until(() => runs().length === 2);
  const [left, waiting] = runs();
  const standing = [left?.status, waiting?.status];
  await call("POST", `/runs/${left?.id}/actions/discard`);
  const { exitCode } = await next;
  const again = await call("POST", `/runs/${left?.id}/actions/discard`);

  expect(refused.exitCode).toBe(1);
  expect(standing).toEqual(["planned", "pending"]);
  expect(exitCode).toBe(0);
  expect(runs().map(({ status }) => status)).toEqual(["discarded", "applied"]);
  expect(again.status).toBe(409);
  expect(hcp.findings()).toEqual([]);
}, 240_000);

test("an apply that is cancelled while it waits ends with exit code 0, and nothing is applied", async () => {
  const { hcp, call, terraform, workspace, runs } = await open();
  await call("POST", `/workspaces/${workspace().id}/actions/lock`, { reason: "maintenance" });
  // Halfway to its first question about the run, after a second: an interrupt that meets one ends with 1, and leaves the run.
  const apply = await terraform.run(
    "apply",
    ...["-input=false", "-auto-approve", "-lock-timeout=500ms"],
  );

  expect(apply.exitCode).toBe(0);
  expect(apply.all).toContain("The remote operation was successfully cancelled.");
  expect(runs().map(({ status }) => status)).toEqual(["canceled"]);
  expect(hcp.store.stateVersions).toEqual([]);
  expect(hcp.findings()).toEqual([]);
}, 240_000);

test("a plan that is saved holds nobody up, is applied as it was, and is discarded once another was applied", async () => {
  const { hcp, terraform, workspace, runs, rewrite } = await open();
  await terraform.run("plan", "-input=false", "-out=first");
  await terraform.run("plan", "-input=false", "-out=second");
  const standing = [workspace().lock, ...runs().map(({ status }) => status)];
  const applied = await terraform.run("apply", "-input=false", "first");
  const stale = await terraform.run("apply", "-input=false", "second");
  await rewrite({ output: { broken: { value: "${terraform_data.missing.id}" } } });
  const failed = await terraform.run("plan", "-input=false");

  expect(standing).toEqual([undefined, "planned_and_saved", "planned_and_saved"]);
  expect([applied.exitCode, stale.exitCode, failed.exitCode]).toEqual([0, 1, 1]);
  expect(stale.all).toContain("Saved plan is discarded");
  expect(failed.all).toContain("terraform_data.missing");
  expect(runs().map(({ status }) => status)).toEqual(["applied", "discarded", "errored"]);
  expect(hcp.findings()).toEqual([]);
}, 240_000);

test("a TF_VAR of the caller stands in its run in clear; a sensitive variable of the workspace reaches only the run", async () => {
  const { hcp, call, terraform, workspace, runs, rewrite } = await open();
  const declared = { type: "string", default: "none", sensitive: true };
  await rewrite({
    variable: { caller_secret: declared, workspace_secret: declared },
    output: {
      both: { value: "${var.caller_secret} ${var.workspace_secret}", sensitive: true },
    },
  });
  const made = await call(
    "POST",
    `/workspaces/${workspace().id}/vars`,
    variable("workspace_secret", "kept-${by}-us", { sensitive: true }),
  );
  const apply = await terraform.run(
    "apply",
    "-input=false",
    "-auto-approve",
    "-var=caller_secret=sent",
  );
  const run = await call("GET", `/runs/${runs()[0]?.id}`);
  const told = await call("GET", `/workspaces/${workspace().id}/vars`);

  expect([made.status, apply.exitCode]).toEqual([201, 0]);
  expect(JSON.stringify(run.body)).toContain('\\"sent\\"');
  expect(JSON.stringify([run.body, told.body])).not.toContain("kept-");
  expect(hcp.store.stateVersions.at(-1)?.outputs).toMatchObject([
    { name: "both", value: "sent kept-${by}-us" },
    { name: "it" },
  ]);
  expect(hcp.findings()).toEqual([]);
}, 240_000);

const emptyState = JSON.stringify({
  version: 4,
  terraform_version: "1.11.4",
  serial: 1,
  lineage: "of-the-data",
  outputs: {},
  resources: [],
});

const versionOf = (state: string) => ({
  data: {
    type: "state-versions",
    attributes: {
      serial: 1,
      lineage: "of-the-data",
      md5: createHash("md5").update(state).digest("hex"),
      state: Buffer.from(state).toString("base64"),
    },
  },
});

test("a run reads the state of a workspace that shares it with its own, and no other", async () => {
  const { hcp, call, terraform, workspace, rewrite } = await open();
  const other = await call("POST", "/organizations/northlight/workspaces", {
    data: { type: "workspaces", attributes: { name: "mam-staging-data" } },
  });
  const { id } = other.body.data as { id: string };
  await call("POST", `/workspaces/${id}/actions/lock`, {});
  const stored = await call("POST", `/workspaces/${id}/state-versions`, versionOf(emptyState));
  await call("POST", `/workspaces/${id}/actions/unlock`);
  await rewrite({
    data: {
      terraform_remote_state: {
        data: {
          backend: "remote",
          config: {
            organization: "northlight",
            hostname: "app.terraform.io",
            workspaces: { name: "mam-staging-data" },
          },
        },
      },
    },
  });
  const hidden = await terraform.run("plan", "-input=false");
  const shared = await call("PATCH", `/workspaces/${id}/relationships/remote-state-consumers`, {
    data: [{ type: "workspaces", id: workspace().id }],
  });
  const read = await terraform.run("plan", "-input=false");

  expect([stored.status, hidden.exitCode, shared.status, read.exitCode]).toEqual([201, 1, 204, 0]);
  expect(hidden.all).toContain("mam-staging-data");
  expect(hcp.findings()).toEqual([]);
}, 240_000);

test("a run holds the lock of its workspace while it works, and is cancelled as by Ctrl-C", async () => {
  const { hcp, call, terraform, workspace, runs, rewrite } = await open();
  const sleeping = { "local-exec": [{ command: "sleep 60" }] };
  await rewrite({ resource: { terraform_data: { slow: { provisioner: sleeping } } } });
  const apply = terraform.run("apply", "-input=false", "-auto-approve");
  await until(() => runs()[0]?.status === "applying");
  const held = workspace().lock;
  await until(() => runs()[0]?.apply.log.includes("local-exec") === true);
  const cancelled = await call("POST", `/runs/${runs()[0]?.id}/actions/cancel`);
  await apply;

  expect(held).toMatchObject({ type: "runs", id: runs()[0]?.id });
  expect(cancelled.status).toBe(202);
  expect(runs()[0]?.status).toBe("canceled");
  expect(workspace().lock).toBeUndefined();
  expect(hcp.findings()).toEqual([]);
}, 240_000);

test("a run that begins at a commit plans what was committed, waits for approval, and is applied in the browser", async () => {
  const { hcp, call, terraform, workspace, runs } = await open();
  const committed = await execa("tar", ["-czf", "-", "main.tf.json"], {
    cwd: terraform.directory,
    encoding: "buffer",
  });
  const path = `/workspaces/${workspace().id}/configuration-versions`;
  const made = await call("POST", path, {
    data: { type: "configuration-versions", attributes: { "auto-queue-runs": true } },
  });
  const { attributes } = made.body.data as { attributes: Record<string, string> };
  await fetch(attributes["upload-url"]!, { method: "PUT", body: Buffer.from(committed.stdout) });
  await until(() => runs()[0]?.status === "planned");
  const held = workspace().lock?.id;
  await call("POST", `/runs/${runs()[0]?.id}/actions/apply`, {});
  await until(() => runs()[0]?.status === "applied");

  expect(held).toBe(runs()[0]?.id);
  expect(hcp.store.stateVersions).toMatchObject([{ outputs: [{ name: "it", value: "1" }] }]);
  expect(hcp.findings()).toEqual([]);
}, 240_000);
