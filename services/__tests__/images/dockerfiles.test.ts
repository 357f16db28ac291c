import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";

import { environments } from "../../../environments/index.ts";
import { postgresMajors } from "../../../environments/schema/database.ts";
import { environmentSchema } from "../../../environments/schema/environment.ts";
import { isInContext, workspaces } from "./support/context.ts";
import {
  type ImageName,
  imageNames,
  lastStage,
  services,
  stagesOf,
  stepsOf,
} from "./support/dockerfile.ts";

const project = (path: string) => readFileSync(join(services, "..", path), "utf8");

/** A dump needs the client programs of the server's own major, whichever of those an environment may name. */
const packagesOf: Partial<Record<ImageName, readonly string[]>> = {
  worker: ["ffmpeg=7:5.1.*"],
  backup: [
    ...["ca-certificates=2023*", "postgresql-common=248+deb12*"],
    ...postgresMajors.map((major) => `postgresql-client-${major}=${major}.*`),
  ],
};

const [base = ""] = stagesOf("api").map(({ from }) => from);

test("the base is a published version and its digest, of the version of Node that the project names", () => {
  const [, version, digest] =
    /^node:(\d+\.\d+\.\d+)-bookworm-slim@(sha256:[0-9a-f]{64})$/.exec(base) ?? [];
  assert.ok(version && digest, `expected a whole version and a digest: ${base}`);
  assert.equal(version.split(".")[0], project(".nvmrc").trim());
  assert.ok(project("docs/images.md").includes(`node:${version}-bookworm-slim`));
  assert.ok(project("docs/images.md").includes(digest));
});

for (const service of imageNames)
  describe(service, () => {
    const stages = stagesOf(service);
    const image = lastStage(service);
    const steps = stages.flatMap((stage) => stage.steps);

    test("every stage begins with that base, or with a stage of the file", () => {
      const names = stages.map(({ name }) => name);
      const foreign = stages.map(({ from }) => from).filter((from) => !names.includes(from));
      assert.deepEqual(foreign, [base]);
    });

    test("what is built before the image is the same as for the others, so that it is built once", () => {
      assert.deepEqual(stages.slice(0, -1), stagesOf("api").slice(0, -1));
    });

    test("packages are installed by the lock file, from the lists of all of them, before the sources come", () => {
      const before = steps.slice(
        0,
        steps.findIndex(({ words }) => words.join(" ").startsWith("npm ci")),
      );
      const copied = before.filter(({ keyword }) => keyword === "COPY").map(({ words }) => words);
      assert.deepEqual(copied, [
        ["package.json", "package-lock.json", "./"],
        ...workspaces.map((name) => [`${name}/package.json`, `${name}/`]),
      ]);
    });

    test("the image has what was built for it and nothing else, and cannot change it", () => {
      assert.deepEqual(
        stepsOf(image, "COPY").map(({ words, flags }) => ({ words, flags })),
        [{ words: [`/images/${service}`, "./"], flags: { from: "build" } }],
      );
      assert.equal(stages.find(({ name }) => name === "build")?.from, "base");
    });

    test("it runs as a user by number who is not root, and as Node itself, which gets the signals", () => {
      assert.deepEqual(
        stepsOf(image, "USER").map(({ words }) => words),
        [["1000:1000"]],
      );
      assert.deepEqual(
        stepsOf(image, "CMD").map(({ json }) => json),
        [["node", "dist/main.js"]],
      );
      assert.deepEqual(stepsOf(image, "ENTRYPOINT"), []);
    });

    test("it names the port that the platform gives it by default, if it listens to one", () => {
      const { services: told } = environmentSchema.parse(environments.production);
      const ports = service === "backup" ? [] : [[String(told[service].port)]];
      assert.deepEqual(
        stepsOf(image, "EXPOSE").map(({ words }) => words),
        ports,
      );
    });

    test("nothing is fetched by address, and nothing can be told while it is built but version and revision", () => {
      assert.deepEqual(stages.map((stage) => stepsOf(stage, "ADD")).flat(), []);
      const told = steps.filter(({ keyword }) => keyword === "ARG").map(({ words }) => words[0]);
      assert.deepEqual(told, ["VERSION=unreleased", "REVISION=unknown"]);
    });

    test("every file that is copied from the context is there", () => {
      const copied = stages
        .flatMap((stage) => stepsOf(stage, "COPY"))
        .filter(({ flags }) => flags.from === undefined)
        .flatMap(({ words }) => words.slice(0, -1))
        .filter((path) => path !== ".");
      assert.ok(copied.length > 0);
      assert.deepEqual(
        copied.filter((path) => !existsSync(join(services, path)) || !isInContext(path)),
        [],
      );
    });

    test("packages are installed where a service needs programs, in one layer, by their versions", () => {
      const install = image.steps.filter(({ keyword }) => keyword === "RUN");
      const packages = install.flatMap(({ words }) =>
        words.filter((word) => /^[a-z][\w-]+=/.test(word)),
      );
      assert.deepEqual(packages, packagesOf[service] ?? []);
      assert.equal(install.length, packages.length > 0 ? 1 : 0);
    });
  });

test("neither secrets nor what was built or installed here is sent to the builder", () => {
  const paths = [
    ".env",
    "api/.env.local",
    "api/.npmrc",
    ".secrets/key",
    "node_modules/pg/index.js",
  ];
  const further = [
    "api/node_modules/pg/index.js",
    "api/dist/main.js",
    "__tests__/api/jobs.test.ts",
  ];
  assert.deepEqual([...paths, ...further, "tsconfig.json"].filter(isInContext), []);
});

test("the line that renews the base does so in all of them and on the page", async (t) => {
  const copy = await mkdtemp(join(tmpdir(), "mam-base-"));
  t.after(() => rm(copy, { recursive: true }));
  const files = [...imageNames.map((name) => `services/${name}/Dockerfile`), "docs/images.md"];
  for (const file of files) {
    await mkdir(dirname(join(copy, file)), { recursive: true });
    await writeFile(join(copy, file), project(file));
  }
  const [line = ""] = /^perl -pi .+$/m.exec(project("docs/images.md")) ?? [];
  const digest = `sha256:${"5".repeat(64)}`;
  const env = { PATH: process.env.PATH, version: "22.99.1", digest };
  await promisify(execFile)("sh", ["-euc", line], { cwd: copy, env });

  const bases = files.map((file) => {
    const text = readFileSync(join(copy, file), "utf8");
    return [...text.matchAll(/node:\d[\d.]+-bookworm-slim@sha256:[0-9a-f]+/g)].map(([all]) => all);
  });
  assert.deepEqual(
    bases,
    files.map(() => [`node:22.99.1-bookworm-slim@${digest}`]),
  );
});
