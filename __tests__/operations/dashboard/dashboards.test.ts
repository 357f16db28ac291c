import { production } from "../../../environments/production.ts";
import { dashboardDocument } from "../../../monitoring/dashboard.ts";
import { ownDashboard, planDashboard } from "../../../operations/dashboard/dashboards.ts";
import { checked } from "../../support/environments.ts";

const document = dashboardDocument(checked(production), { app: "a", postgres: "p", valkey: "v" });
const { name, description } = document.spec.display;
const standing = (change: object = {}) => ({
  uuid: "own",
  name,
  description,
  spec: JSON.stringify(document),
  created_at: "2026-11-20T00:00:00Z",
  ...change,
});
const plan = (...dashboards: ReturnType<typeof standing>[]) =>
  planDashboard("production", document, dashboards);

test("a dashboard that is not there is made", () => {
  expect(plan().changes).toMatchObject([{ action: "create", name: "mam production" }]);
});

test("one that stands as it is described is left alone, however its JSON is written", () => {
  const respelt = JSON.stringify({ metadata: { version: 3 }, ...document }, null, 4);

  expect(plan(standing({ spec: respelt }))).toEqual({ changes: [], problems: [] });
});

test("what was changed in the control panel is seen by its field", () => {
  const changed = structuredClone(document) as { spec: { duration: string } };
  changed.spec.duration = "24h";

  expect(plan(standing({ spec: JSON.stringify(changed) })).changes).toMatchObject([
    {
      action: "update",
      differences: [{ field: "spec.duration", expected: "3h", found: "24h" }],
    },
  ]);
});

test("a document that is no JSON any more is written again", () => {
  expect(plan(standing({ spec: "{" })).changes).toMatchObject([{ action: "update" }]);
});

test("a dashboard of the same name without the mark is not touched, and named", () => {
  const { changes, problems } = plan(standing({ uuid: "theirs", description: "by hand" }));

  expect(changes).toEqual([]);
  expect(problems).toMatchObject([
    { resource: "the dashboard mam production", found: expect.stringContaining("theirs") },
  ]);
});

test("one that somebody renamed is still ours, and gets its name back", () => {
  const changed = structuredClone(document) as { spec: { display: { name: string } } };
  changed.spec.display.name = "old";
  const renamed = standing({ name: "old", spec: JSON.stringify(changed) });

  expect(plan(renamed).changes).toMatchObject([
    { action: "update", differences: [{ field: "spec.display.name", found: "old" }] },
  ]);
});

test("ours that was renamed cannot get its name back while somebody else has it", () => {
  const theirs = standing({ uuid: "theirs", description: "by hand" });

  expect(plan(standing({ name: "old" }), theirs)).toMatchObject({
    changes: [],
    problems: [{ resource: "the dashboard mam production" }],
  });
});

test("copies that people made of it are theirs, and so is what another environment marked", () => {
  const copy = standing({ uuid: "copy", name: "my copy", created_at: "2026-11-01T00:00:00Z" });
  const other = standing({
    uuid: "other",
    description: description.replaceAll("production", "live"),
  });

  expect(ownDashboard("production", [copy, standing()])?.uuid).toBe("own");
  expect(ownDashboard("production", [other])).toBeUndefined();
});
