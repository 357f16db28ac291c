import { join } from "node:path";

import { imageOfData } from "../../../rehearsal/harness/rehearsal-cloud.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";
import { sessionsOf, startMam } from "./support/database.ts";

let platform: TestPlatform;

beforeAll(async () => {
  const directory = join(import.meta.dirname, "support");
  const server =
    'require("http").createServer((_, reply) => reply.end()).listen(process.env.PORT ?? 8080, "127.0.0.1")';
  platform = await openDeployedPlatform("staging", {
    imageOf: (name, behaviour) =>
      name === "frontend"
        ? { program: { directory, command: ["node", "-e", server] } }
        : imageOfData(name, behaviour),
    speed: 60,
  });
}, 240_000);
afterAll(async () => {
  await platform.end();
});

const session = (component: string, ...args: string[]) =>
  startMam(platform, ["console", "staging", component, "--reason", "ticket 2", ...args]);
const instances = () =>
  platform.cloud.digitalOcean.store.apps[0]!.instances.filter(
    ({ component }) => component === "frontend",
  );

test("what is typed is done in the instance, and the session is recorded without its address", async () => {
  const shell = session("frontend");
  shell.write("test -t 0 && ls\n");
  await shell.printed("database.ts");
  shell.write("exit\n");
  const { exitCode, stderr } = await shell.ended;

  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr: expect.stringContaining("recorded as") as unknown,
  });
  const last = (await sessionsOf(platform)).at(-1);
  expect(last).toMatchObject({
    kind: "console",
    where: "frontend",
    reason: "ticket 2",
    result: "ended",
  });
  expect(JSON.stringify(last)).not.toContain("token");
  expect(stderr).not.toContain("token");
}, 60_000);

test("a session ends with SIGTERM, and its shell with it", async () => {
  const shell = session("frontend");
  shell.write("echo in-$((1+1))\n");
  await shell.printed("in-2");
  shell.kill("SIGTERM");

  expect(await shell.ended).toMatchObject({ exitCode: 130 });
  expect((await sessionsOf(platform)).at(-1)).toMatchObject({ result: "interrupted" });
}, 60_000);

test("an instance that goes away is said in words", async () => {
  const [{ name } = { name: "" }] = instances();
  const shell = session("frontend", "--instance", name);
  shell.write("echo in-$((1+1))\n");
  await shell.printed("in-2");
  const app = platform.cloud.digitalOcean.store.apps[0]!;
  app.instances.splice(
    app.instances.findIndex((one) => one.name === name),
    1,
  );
  const { exitCode, stderr } = await shell.ended;

  expect(exitCode).toBe(1);
  expect(stderr).toContain("the instance is gone, as after a release");
  expect((await sessionsOf(platform)).at(-1)).toMatchObject({
    result: "failed",
    where: `frontend/${name}`,
  });
}, 60_000);

test("a component that there is not is answered with those that there are", async () => {
  const before = await sessionsOf(platform);
  const { exitCode, stderr } = await session("nobody").ended;

  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/component nobody: expected one of .*frontend/);
  expect(await sessionsOf(platform)).toEqual(before);
}, 60_000);
