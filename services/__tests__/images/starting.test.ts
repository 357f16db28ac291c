import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import { DeleteObjectCommand, PutObjectCommand } from "@aws-sdk/client-s3";

import { freePort } from "../../bench/processes.ts";
import { needs } from "../api/support/needs.ts";
import { type Platform, startPlatform } from "../../local/platform.ts";
import { startProgram } from "../../local/program.ts";
import { type VariablesOfServices, variablesOfServices } from "../../local/variables.ts";
import { link } from "../edge/support/edge.ts";
import { skipWithout } from "../../local/engines.ts";
import { type Built, build, contentOf, imageUser } from "./support/built.ts";
import { type ImageName, imageNames, lastStage, stepsOf } from "./support/dockerfile.ts";

const run = promisify(execFile);
const health: Readonly<Record<ServiceName, string>> = {
  frontend: "/api/health",
  api: "/api/health",
  worker: "/health",
  edge: "/health",
};

/** Those that answer requests about their health. */
const serviceNames = ["frontend", "api", "worker", "edge"] as const;
type ServiceName = (typeof serviceNames)[number];

let built: Built;
/** The only directory that an image's user may write in, as /tmp of an instance. */
let scratch: string;
before(async () => {
  built = await build();
  scratch = await mkdtemp(join(tmpdir(), "mam-scratch-"));
  await chmod(scratch, 0o777);
});
after(async () => {
  await built.remove();
  await rm(scratch, { recursive: true, force: true });
});

test("the build takes nothing from outside the context, and has nothing to complain of", () => {
  assert.equal(built.said, "");
  assert.deepEqual(built.foreign, []);
});

test("an image has its service's package.json and dist/, and no packages", async () => {
  const programs = (...names: readonly string[]) =>
    names.flatMap((name) => [`dist/${name}.js`, `dist/${name}.js.map`]);
  const content = {
    frontend: [...programs("main"), "dist/page"],
    api: [...programs("administrator", "main", "migrate"), "dist/migrations"],
    worker: programs("main"),
    edge: programs("main"),
    backup: programs("main", "once"),
  };
  for (const name of imageNames)
    assert.deepEqual(
      await contentOf(join(built.directory, name)),
      [...content[name], "package.json"].sort(),
      name,
    );
});

const skip = needs.skip || skipWithout("ffmpeg");

test("in a platform", { skip }, async (t) => {
  const platform = await startPlatform();
  t.after(() => platform.close());
  const apiPort = await freePort();
  const environments = await environmentsOf(platform, `http://127.0.0.1:${apiPort}`);

  await t.test("npm run migrate works in the API's image, as its user", async () => {
    const environment = { ...environments.api, ...platform.database.migrate };
    const { stdout } = await npm("migrate", environment);
    assert.match(stdout, /"service":"migrate"/);
  });

  await t.test("npm run administrator makes an account from its console", async () => {
    const parameters = ["--", "--email", "grace@example.com"];
    const { stdout } = await npm("administrator", environments.api, ...parameters);
    assert.match(stdout, /grace@example\.com/);
  });

  const start = async (name: ServiceName) => {
    const port = name === "api" ? apiPort : await freePort();
    const ports = { PORT: String(port), WORKER_HEALTH_PORT: String(port) };
    return startProgram({
      directory: join(built.directory, name),
      port,
      health: health[name],
      environment: { ...environments[name], ...ports },
      command: commandOf(name),
      ...(imageUser.uid === undefined ? {} : { user: imageUser }),
    });
  };
  for (const name of serviceNames)
    await t.test(`${name} gets well as its user, and ends with 0 at SIGTERM`, async () => {
      const program = await start(name);
      assert.equal(await program.end("SIGTERM"), 0, program.lines.join("\n"));
    });

  await t.test("the edge may write its cache of segments", async () => {
    const Bucket = platform.storage.buckets.previews;
    const object = { Bucket, Key: "asset-1/hls/00000.ts", Body: "a segment" };
    await platform.storage.root.send(new PutObjectCommand(object));
    const edge = await start("edge");
    const ask = () => fetch(`${edge.url}${link("hls/00000.ts")}`);
    assert.equal(await (await ask()).text(), "a segment");
    await platform.storage.root.send(new DeleteObjectCommand(object));
    assert.equal(await (await ask()).text(), "a segment", edge.lines.join("\n"));
    await edge.end("SIGTERM");
  });
});

/** The CMD of a Dockerfile; Node is the one that runs this. */
function commandOf(name: ImageName): readonly string[] {
  const [program, ...parameters] = stepsOf(lastStage(name), "CMD").flatMap(({ json }) => json);
  assert.equal(program, "node");
  return [process.execPath, ...parameters];
}

/** Runs a script of the API's image as App Platform's job and console do. */
function npm(script: string, environment: Readonly<Record<string, string>>, ...more: string[]) {
  return run("npm", ["run", script, ...more], {
    cwd: join(built.directory, "api"),
    env: { PATH: process.env.PATH, NPM_CONFIG_UPDATE_NOTIFIER: "false", ...environment },
    ...imageUser,
  });
}

/** What the services are told, with nothing to write in but the scratch directory. */
async function environmentsOf(platform: Platform, apiBase: string): Promise<VariablesOfServices> {
  const authority = join(scratch, "authority.pem");
  await writeFile(authority, platform.valkey.authority, { mode: 0o644 });
  const places = {
    platform,
    door: { page: "http://mam.demo.localhost", media: "http://media.demo.localhost" },
    storage: platform.storage.endpoint,
    apiBase,
    cache: scratch,
    linkSeconds: 600,
  };
  const own = { NODE_EXTRA_CA_CERTS: authority, TMPDIR: scratch, HOME: scratch };
  const told = variablesOfServices(places);
  return {
    frontend: { ...told.frontend, ...own },
    api: { ...told.api, ...own },
    worker: { ...told.worker, ...own },
    edge: { ...told.edge, ...own },
  };
}
