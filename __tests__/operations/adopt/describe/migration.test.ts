import { described, image, of, standing } from "../support/standing.ts";

const job = (name: string, changes: object = {}) => ({
  ...image("api"),
  ...{ name, kind: "PRE_DEPLOY", run_command: "bin/migrate", instance_size_slug: "basic-s" },
  ...changes,
});

const withJobs = (...jobs: object[]) => described(standing({ services: [image("api")], jobs }));

test("a job that migrates with the API's image keeps its command and its size, whatever it is called", () => {
  const { fields, remarks } = withJobs(job("db"));

  expect(fields.services.migration).toMatchObject({
    command: "bin/migrate",
    size: "apps-s-1vcpu-2gb",
  });
  expect(of(remarks, "lost")).toEqual([]);
});

test.each([
  ["runs after a deployment", { kind: "POST_DEPLOY" }],
  ["runs another image", image("tools")],
])("a job called migrate that %s goes, and it is said", (_, changes) => {
  expect(of(withJobs(job("migrate", { ...changes, name: "migrate" })).remarks, "lost")).toEqual([
    expect.stringMatching(/^the job migrate:/),
  ]);
});

test("of several that could migrate the one of our name does", () => {
  const { fields, remarks } = withJobs(job("seed"), job("migrate", { run_command: "bin/up" }));

  expect(fields.services.migration).toMatchObject({ command: "bin/up" });
  expect(of(remarks, "lost")).toEqual([expect.stringMatching(/^the job seed:/)]);
});
