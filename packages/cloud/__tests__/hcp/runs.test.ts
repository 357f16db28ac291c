import { newRun } from "../../src/hcp/runs/model.ts";
import { openHcp } from "./support/terraform.ts";

test("runs are listed newest first, and by their group those that have not ended", async () => {
  const { hcp, call } = await openHcp();
  const { body } = await call("POST", "/organizations/northlight/workspaces", {
    data: { type: "workspaces", attributes: { name: "app" } },
  });
  const { id: workspaceId } = body.data as { id: string };
  const run = newRun({ workspaceId, message: "by hand", createdAt: new Date() });
  hcp.store.runs.push(
    { ...run, id: "run-1", status: "discarded" },
    { ...run, id: "run-2", status: "planned" },
  );
  const idsOf = async (query: string) => {
    const answer = await call("GET", `/workspaces/${workspaceId}/runs${query}`);
    return (answer.body.data as { id: string }[]).map(({ id }) => id);
  };
  const [all, waiting] = [await idsOf(""), await idsOf("?filter[status_group]=non_final")];
  const other = await call("GET", `/workspaces/${workspaceId}/runs?filter[status_group]=final`);
  const findings = hcp.findings();
  await hcp.close();

  expect(all).toEqual(["run-2", "run-1"]);
  expect(waiting).toEqual(["run-2"]);
  expect(other.status).toBe(400);
  expect(findings).toHaveLength(1);
});
