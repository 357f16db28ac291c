import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { environments } from "../../../environments/index.ts";
import { loadEnvironments } from "../../../environments/loading/load.ts";
import type { Session } from "../../../operations/context/session.ts";
import { initialise } from "../../../operations/init/init.ts";
import { withoutField } from "../../../operations/init/own-fields.ts";

test.each([
  ["at the end", '{ a: 1, adopted: { app: "x, }", buckets: {} } }', "{ a: 1 }"],
  ["in front", '{ adopted: { app: "x" }, a: 1 }', "{ a: 1 }"],
  ["alone", '{ adopted: { app: "x" } }', "{ }"],
  [
    "on lines of its own",
    '{\n  a: 1,\n  adopted: {\n    app: "x",\n  },\n  b: 2,\n}',
    "{\n  a: 1,\n  b: 2,\n}",
  ],
])("a field that stands %s is taken out with what it holds, and nothing else", (_, text, rest) => {
  expect(withoutField(text, "state.adopted")).toBe(rest);
});

test("a field that is computed, or stands there twice, is not taken out", () => {
  expect(withoutField("{ ...adopted }", "state.adopted")).toBeUndefined();
  expect(
    withoutField('{ adopted: { app: "x" } }, { adopted: {} }', "state.adopted"),
  ).toBeUndefined();
});

const [, staging] = loadEnvironments({ inputs: environments, directory: "environments" });
const destroy = {
  allowed: true,
  allowedReason: "staging is torn down after the load test of this week",
};

/** What `mam init demo` makes of staging, when it says what a new environment must not have from it. */
async function madeFromStaging() {
  const project = mkdtempSync(join(tmpdir(), "mam-init-"));
  mkdirSync(join(project, "environments"));
  const put = (name: string, change = (text: string) => text) => {
    const text = change(readFileSync(join("environments", name), "utf8"));
    writeFileSync(join(project, "environments", name), text);
  };
  put("index.ts");
  put("staging.release.json");
  put("staging.ts", (text) =>
    text
      .replace(
        /\n {2}state: \{ (.*) \},\n/,
        `\n  state: { $1, adopted: { app: "web-shop" }, destroy: ${JSON.stringify(destroy).replaceAll(/"(\w+)":/g, "$1: ")} },\n`,
      )
      .replace(
        'edition: "standard",',
        'edition: "standard",\n    cluster: "db-postgresql-nyc1-4",',
      ),
  );
  const config = structuredClone(staging!.config) as {
    state: { adopted: object; destroy: object };
    database: object;
  };
  Object.assign(config.state.adopted, { app: "web-shop" });
  Object.assign(config.state.destroy, destroy);
  Object.assign(config.database, { cluster: "db-postgresql-nyc1-4" });
  const session = { project, environment: { ...staging, config } } as unknown as Session;
  const { text, data } = await initialise(session, "demo");
  const file = readFileSync(join(project, "environments", "demo.ts"), "utf8");
  rmSync(project, { recursive: true });
  return { text, data, file };
}

test("what stands under the other environment's name, and that it may be destroyed, is left out and said", async () => {
  const { text, data, file } = await madeFromStaging();
  const left = ["state.adopted", "state.destroy", "database.cluster"];

  expect(text).toContain(`Left out, because staging alone has it: ${left.join(", ")}`);
  expect(data).toMatchObject({ left });
  expect(file).not.toMatch(/adopted|destroy|cluster:/);
  expect(file).toContain(
    'state: { backend: { kind: "spaces", bucket: "northlight-mam-terraform-state-staging" } },',
  );
  expect(file).toContain('    edition: "standard",\n    version: "17",');
});
