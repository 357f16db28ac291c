import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { shapes } from "../../../rehearsal/scenarios/adoption/shapes.ts";
import { runMam } from "../../support/run-mam.ts";
import { type HandMadePlatform, openHandMade } from "./support/by-hand.ts";

const [shape] = shapes;
let platform: HandMadePlatform;

beforeAll(async () => {
  platform = await openHandMade(shape!);
});
afterAll(() => platform.end());

const line = ["adopt", "corner", "--from", "staging", "--app", "corner-web"];
const adopt = (more: readonly string[], words?: string) => {
  const { project, session } = platform;
  const strike = words === undefined ? undefined : ({ words, signal: "SIGINT" } as const);
  return runMam(session.variables, [...line, ...more], { cwd: project, strike });
};

/** Every file that an adoption writes or changes, with what is in it. */
function files(): Readonly<Record<string, string>> {
  const { project, session } = platform;
  return Object.fromEntries(
    [join(project, "environments"), session.releases].flatMap((directory) =>
      readdirSync(directory).map((name) => {
        const path = join(directory, name);
        return [path, readFileSync(path, "utf8")] as const;
      }),
    ),
  );
}

test.each(["looking for the app", "reading corner-web", "finding what each stack imports"])(
  'Ctrl-C at "%s" ends it with 130, and no file is written or changed',
  async (words) => {
    const before = files();
    const { exitCode, stdout } = await adopt(["--json"], words);

    expect({ exitCode, data: JSON.parse(stdout) as object }).toEqual({
      exitCode: 130,
      data: {
        ok: false,
        error: {
          kind: "interrupted",
          message: expect.stringContaining("interrupted") as string,
          findings: [],
        },
      },
    });
    expect(files()).toEqual(before);
  },
);

test("--json says an app that there is not, and that nothing was written", async () => {
  const before = files();
  const { exitCode, stdout } = await adopt(["--app", "nowhere", "--json"]);

  expect(exitCode).toBe(2);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining("no such thing: an app nowhere") as string },
  });
  expect(files()).toEqual(before);
});

test("--json says what cannot be taken over as it is, and nothing is written", async () => {
  const before = files();
  const [app] = platform.cloud.digitalOcean.store.apps;
  const { region } = app!.spec;
  app!.spec.region = "mars";
  const { exitCode, stdout } = await adopt(["--json"]);
  app!.spec.region = region!;

  expect(exitCode).toBe(1);
  expect(JSON.parse(stdout)).toMatchObject({
    ok: false,
    environment: "corner",
    files: [],
    remarks: expect.arrayContaining([
      expect.objectContaining({ fate: "refused", about: "the app's region" }),
    ]) as object[],
  });
  expect(files()).toEqual(before);
});

test("--json says what was written, what is imported, and what is left to do", async () => {
  const { exitCode, stdout } = await adopt(["--json"]);
  const data = JSON.parse(stdout) as { readonly files: readonly string[] };

  expect(exitCode).toBe(0);
  expect(data).toMatchObject({
    ...{ ok: true, environment: "corner", from: "staging", app: "corner-web" },
    imports: { app: { "digitalocean_app.app": platform.made.app } },
    next: expect.arrayContaining([
      expect.objectContaining({ command: "npx mam deploy corner" }),
    ]) as object[],
  });
  expect(data.files).toHaveLength(4);
  for (const file of data.files) expect(existsSync(join(platform.project, file))).toBe(true);
});

test("an environment that there is by then is not written over", async () => {
  const before = files();
  const { exitCode, output } = await adopt([]);

  expect(exitCode).toBe(2);
  expect(output).toContain("There is an environment corner already: environments/corner.ts");
  expect(files()).toEqual(before);
});
