import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";

import { imageNames } from "../../../environments/schema/environment.ts";
import { readRelease } from "../../../operations/release/release-file.ts";
import { releaseImages } from "../../../operations/release/release.ts";
import { imageOfData } from "../../../rehearsal/harness/rehearsal-cloud.ts";
import { silent } from "../../support/deploying.ts";
import { type TestPlatform, openPlatform } from "../../support/platform.ts";

const page = readFileSync("docs/images.md", "utf8");

/** What stands at a place of the page. */
function onThePage(pattern: RegExp): string {
  const [, found] = pattern.exec(page) ?? [];
  if (found === undefined) throw new Error(`docs/images.md has nothing like ${pattern}`);
  return found;
}

let platform: TestPlatform;
beforeAll(async () => {
  platform = await openPlatform();
});
afterAll(() => platform.end());

test("what docs/images.md pushes is what its release command finds and an environment deploys", async () => {
  const names = onThePage(/^for name in (.+); do$/m).split(" ");
  const tag = onThePage(/^tag=(\S+)$/m);
  const repository = onThePage(/^ {2}docker push \$registry\/(\S+):\$tag/m);
  const pushed = names.map((name) => ({
    name,
    repository: repository.replace("$name", name),
    digest: `sha256:${randomBytes(32).toString("hex")}`,
  }));
  for (const image of pushed)
    platform.cloud.digitalOcean.pushImage({ ...image, tags: [tag], image: imageOfData("api") });

  const operands = onThePage(/^npx mam release staging (.+)$/m).split(" ");
  const session = platform.session();
  await releaseImages(session, operands, silent);

  expect(names.toSorted()).toEqual(imageNames.toSorted());
  expect(readRelease(session).images).toEqual(
    Object.fromEntries(pushed.map(({ name, digest }) => [name, digest])),
  );
});
