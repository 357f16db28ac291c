import { openHcp, terraformIn, tokens } from "./support/terraform.ts";

const opened = async () => {
  const hcp = await openHcp({ defaultExecutionMode: "local" });
  const terraform = await terraformIn(hcp.hcp.url, "mam-staging-data");
  return {
    ...hcp,
    terraform,
    workspace: () => hcp.hcp.store.workspaces.find(({ name }) => name === "mam-staging-data"),
    close: async () => {
      await hcp.hcp.close();
      await terraform.remove();
    },
  };
};

test("Terraform makes its workspace and project, keeps its state there, and writes none when nothing changes", async () => {
  const { hcp, requestLog, terraform, workspace, close } = await opened();
  const init = await terraform.run("init", "-input=false");
  const apply = await terraform.run("apply", "-auto-approve", "-input=false");
  const mark = requestLog.entries().length;
  const unchanged = await terraform.run("plan", "-detailed-exitcode", "-input=false");
  const asked = requestLog.entries().slice(mark);
  const output = await terraform.run("output", "-raw", "it");
  await close();

  expect([init, apply, unchanged, output].map(({ exitCode, all }) => [exitCode, all])).toEqual(
    expect.arrayContaining([[0, expect.any(String)]]),
  );
  expect([init.exitCode, apply.exitCode, unchanged.exitCode]).toEqual([0, 0, 0]);
  expect(output.stdout).toBe("1");
  expect(hcp.store.projects.map(({ name }) => name)).toEqual(["Default Project", "mam"]);
  expect(workspace()).toMatchObject({ terraformVersion: "1.11.4", lock: undefined });
  expect(hcp.store.stateVersions).toMatchObject([
    { serial: 1, status: "finalized", outputs: [{ name: "it", value: "1" }] },
  ]);
  expect(
    asked.map(({ method, path, status }) => `${method} ${path.split("/").at(-1)} ${status}`),
  ).toEqual([
    "GET ping 204",
    "GET entitlement-set 200",
    "GET mam-staging-data 200",
    "GET mam-staging-data 200",
    "GET projects 200",
    "POST lock 200",
    "GET current-state-version 200",
    expect.stringMatching(/^GET sv-\w+\.state 200$/) as string,
    "POST unlock 200",
  ]);
  expect(hcp.findings()).toEqual([]);
}, 120_000);

test("a workspace that Terraform makes has the organisation's mode, which is remote where nobody chose", async () => {
  const { hcp, call } = await openHcp();
  const made = await call("POST", "/organizations/northlight/workspaces", {
    data: { type: "workspaces", attributes: { name: "mam-staging-app" } },
  });
  await hcp.close();

  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ data: { attributes: { "execution-mode": "remote" } } });
});

test("somebody else's lock stops Terraform, which names itself; the workspace names the holder", async () => {
  const { hcp, call, terraform, workspace, close } = await opened();
  await terraform.run("init", "-input=false");
  const id = workspace()?.id ?? "";
  await call("POST", `/workspaces/${id}/actions/lock`, { reason: "maintenance" }, tokens.theirs);
  const refused = await terraform.run("apply", "-auto-approve", "-input=false", "-lock-timeout=0s");
  const asked = await call(
    "GET",
    "/organizations/northlight/workspaces/mam-staging-data?include=locked_by",
  );
  const wrong = await terraform.run("force-unlock", "-force", "5c2f1d8e");
  const unlocked = await terraform.run("force-unlock", "-force", "northlight/mam-staging-data");
  await close();

  expect(refused.exitCode).toBe(1);
  expect(refused.all).toContain('"northlight/mam-staging-data"');
  expect(refused.all).toMatch(/Who: +\S+@/);
  expect(refused.all).not.toContain("ines");
  expect(asked.body).toMatchObject({
    data: { attributes: { locked: true, "locked-reason": "maintenance" } },
    included: [{ type: "users", attributes: { username: "ines" } }],
  });
  expect([wrong.exitCode, unlocked.exitCode]).toEqual([1, 0]);
  expect(workspace()?.lock).toBeUndefined();
  expect(hcp.findings()).toEqual([]);
}, 120_000);

test("a state is refused without a lock: what changed is kept in errored.tfstate, and pushed by hand", async () => {
  const { hcp, terraform, close } = await opened();
  await terraform.run("init", "-input=false");
  const apply = await terraform.run("apply", "-auto-approve", "-input=false", "-lock=false");
  const kept = hcp.store.stateVersions.length;
  const push = await terraform.run("state", "push", "errored.tfstate");
  await close();

  expect(apply.exitCode).toBe(1);
  expect(apply.all).toContain("errored.tfstate");
  expect(kept).toBe(0);
  expect([push.exitCode, push.all]).toEqual([0, ""]);
  expect(hcp.store.stateVersions).toMatchObject([{ status: "finalized" }]);
}, 120_000);

test("another stack reads the outputs of a workspace, and downloads its whole state for it", async () => {
  const { hcp, requestLog, terraform, close } = await opened();
  await terraform.run("init", "-input=false");
  await terraform.run("apply", "-auto-approve", "-input=false");
  const reader = await terraformIn(hcp.url, "mam-staging-app", {
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
    output: { read: { value: "${data.terraform_remote_state.data.outputs.it}" } },
  });
  await reader.run("init", "-input=false");
  const mark = requestLog.entries().length;
  const apply = await reader.run("apply", "-auto-approve", "-input=false");
  const read = await reader.run("output", "-raw", "read");
  const downloads = requestLog
    .entries()
    .slice(mark)
    .filter(({ method, path }) => method === "GET" && path.endsWith(".state"));
  await reader.remove();
  await close();

  expect([apply.exitCode, read.stdout]).toEqual([0, "1"]);
  expect(downloads.length).toBeGreaterThan(0);
  expect(hcp.findings()).toEqual([]);
}, 120_000);
