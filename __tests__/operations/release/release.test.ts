import { silent } from "../../support/deploying.ts";
import { spawn } from "node:child_process";
import { once } from "node:events";

import { readRelease, writeRelease } from "../../../operations/release/release-file.ts";
import { releaseImages } from "../../../operations/release/release.ts";
import { imageOfData } from "../../../rehearsal/harness/rehearsal-cloud.ts";
import { type TestPlatform, openPlatform } from "../../support/platform.ts";
import { imagesOf } from "../ledger/entries.ts";

const digest = `sha256:${"d".repeat(64)}`;
let platform: TestPlatform;

beforeAll(async () => {
  platform = await openPlatform();
  const { repository } = platform.cloud.environment.config.services.api;
  platform.cloud.digitalOcean.pushImage({
    repository,
    digest,
    tags: ["v1.4.0"],
    image: imageOfData("api"),
  });
});

afterAll(async () => {
  await platform.end();
});

test("a tag is written as the digest that it stands for, and other components stay as they were", async () => {
  const session = platform.session();
  const before = readRelease(session);
  const { data, text } = await releaseImages(session, ["api=v1.4.0"], silent);

  expect(readRelease(session)).toEqual({ images: { ...before.images, api: digest } });
  expect(data).toMatchObject({
    environment: "staging",
    changes: [{ component: "api", from: before.images.api, to: digest }],
  });
  expect(text).toContain("→ sha256:dddddddddddd (v1.4.0)");
});

test("what is not in the registry is refused, all of it at once, and nothing is written", async () => {
  const session = platform.session();
  const before = readRelease(session);
  const attempt = releaseImages(
    session,
    ["api=v1.4.1", `worker=${digest}`, "edge", "frontend=v1"],
    silent,
  );

  await expect(attempt).rejects.toThrow(
    /"edge" is not understood[^]*api: mam-api has no image with the tag v1\.4\.1; closest first it has v1\.4\.0[^]*worker: mam-worker has no image with the digest sha256:d[^]*frontend: mam-frontend has no image with the tag v1;[^]*was not changed/,
  );
  expect(readRelease(session)).toEqual(before);
});

test("whoever reads while a release is written, or after its writer was killed, gets a whole one", async () => {
  const session = platform.session();
  const script = `
    import { writeRelease } from "./operations/release/release-file.ts";
    const place = JSON.parse(process.argv[1]);
    for (let turn = 0; ; turn += 1) {
      const digest = "sha256:" + turn.toString(16).padStart(64, "0");
      const names = ["frontend", "api", "worker", "edge"];
      writeRelease(place, { images: Object.fromEntries(names.map((name) => [name, digest])) });
      if (turn === 0) console.log("writing");
    }`;
  const place = { releases: session.releases, environment: { config: { name: "staging" } } };
  const args = ["--import", "tsx", "--input-type=module", "-e", script, JSON.stringify(place)];
  const writer = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await once(writer.stdout, "data");
  try {
    for (const seen = new Set<string>(); seen.size < 40;) {
      seen.add(readRelease(session).images.api);
    }
  } finally {
    writer.kill("SIGKILL");
    await once(writer, "close");
  }

  expect(Object.keys(readRelease(session).images)).toHaveLength(4);
});

test("a release that is none is not written", () => {
  const session = platform.session();
  const before = readRelease(session);

  expect(() => {
    writeRelease(session, { images: { ...imagesOf("a"), api: "v1.4.0" } });
  }).toThrow();
  expect(readRelease(session)).toEqual(before);
});
