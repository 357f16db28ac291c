import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import type { Session } from "../../../operations/context/session.ts";
import {
  besidesImages,
  imagesAreNotAll,
  afterFailedRelease,
  nextStep,
} from "../../../operations/deploy/take-back.ts";
import { blameOf } from "../../../operations/ledger/settings.ts";
import { entryOf, imagesOf } from "../ledger/entries.ts";

let project: string;
let commit: string;

const git = async (...args: string[]) => (await execa("git", args, { cwd: project })).stdout;
const write = (file: string, text: string) => {
  writeFileSync(join(project, file), text);
};
const session = () =>
  ({
    project,
    environment: { config: { name: "staging" } },
    interruption: new AbortController().signal,
  }) as unknown as Session;

beforeEach(async () => {
  project = mkdtempSync(join(tmpdir(), "mam-take-back-"));
  for (const directory of ["environments", "environments/platform", "constructs"])
    mkdirSync(join(project, directory));
  write("environments/staging.ts", "good");
  write("environments/staging.release.json", "one");
  write("constructs/app.ts", "good");
  write("environments/platform/regions.ts", "good");
  await git("init", "-q");
  await git("add", ".");
  await git("-c", "user.name=a", "-c", "user.email=a@b.example", "commit", "-qm", "good");
  commit = await git("rev-parse", "HEAD");
});

afterEach(() => {
  rmSync(project, { recursive: true });
});

const [a, b] = [imagesOf("a"), imagesOf("b")];

/** What is said after a release that failed, with these images and settings, behind a good one. */
async function said(failed: { images: typeof a; settings?: string }, good = {}) {
  const before = entryOf("good", { images: a, settings: "s", commit, ...good });
  const after = entryOf("bad", { ...failed, result: "failed" });
  return afterFailedRelease(session(), blameOf([before, after], after)!);
}

test("after a change of settings alone, the line that is printed restores them", async () => {
  write("environments/staging.ts", "bad");
  write("environments/staging.release.json", "two");
  const text = await said({ images: a, settings: "t" });
  const [, line = ""] = /git (checkout .*)/.exec(text) ?? [];
  await git(...line.split(" "));

  expect(text).toBe(
    [
      "The images are those of release good, which ran, so a rollback would change nothing that matters.",
      "What differs is to be taken back:",
      `  Settings of release good: git checkout ${commit} -- environments/staging.ts`,
      "  then: mam deploy staging",
      "",
    ].join("\n"),
  );
  expect(readFileSync(join(project, "environments/staging.ts"), "utf8")).toBe("good");
  expect(readFileSync(join(project, "environments/staging.release.json"), "utf8")).toBe("two");
});

test("after a change of images alone, a rollback is all there is to do", async () => {
  await expect(said({ images: b, settings: "s" })).resolves.toBe(
    "Roll back: mam rollback staging\n",
  );
});

test("after a change of images and of what stacks are made from, both are named", async () => {
  write("environments/platform/regions.ts", "bad");
  const text = await said({ images: b, settings: "s" });

  expect(text).toMatch(
    /^Roll the images back: mam rollback staging\nWhat stacks are made from differs/,
  );
  expect(text).toContain(`environments/platform/regions.ts; git diff ${commit} shows how\n`);
});

test("settings that only say the same otherwise are no reason to take anything back", async () => {
  write("environments/staging.ts", "good, with a remark");

  await expect(said({ images: b, settings: "s" })).resolves.toBe(
    "Roll back: mam rollback staging\n",
  );
});

test("after a change of both, it says what a rollback leaves", async () => {
  write("environments/staging.ts", "bad");
  write("constructs/app.ts", "bad");
  const text = await said({ images: b, settings: "t" });

  expect(text).toMatch(/^Roll the images back: mam rollback staging\nThe settings differ too/);
  expect(text).toContain(`git checkout ${commit} -- environments/staging.ts\n`);
  expect(text).toContain(`constructs/app.ts; git diff ${commit} shows how\n`);
});

test.each([
  ["no revision", { commit: undefined }, "which knows no revision of git"],
  ["a revision that is not here", { commit: "0".repeat(40) }, "does not have: git fetch"],
])("with %s it says where to look", async (_, good, expected) => {
  write("environments/staging.ts", "bad");

  await expect(said({ images: a, settings: "t" }, good)).resolves.toContain(expected);
});

test("a revision with changes that nobody committed is not taken for the whole truth", async () => {
  write("environments/staging.ts", "bad");
  const text = await said({ images: a, settings: "t" }, { commit: `${commit}+` });

  expect(text).toContain("though files were changed since that revision");
  expect(text).toContain(`git checkout ${commit} -- environments/staging.ts\n`);
});

test("where nothing differs from the good revision, what is left is said", async () => {
  await expect(said({ images: a, settings: "s" })).resolves.toContain(
    "no file differs from revision",
  );
});

/** What is said of going back to a good release while the files say something. */
async function saidOfGoingBack(good: object, now: { settings: string }) {
  const target = entryOf("good", { settings: "s", commit, ...good });
  return imagesAreNotAll(target, await besidesImages(session(), target, now));
}

test("going back to a release that differs in images only takes no more than that", async () => {
  write("environments/staging.ts", "good, with a remark");

  expect(await saidOfGoingBack({}, { settings: "s" })).toBe("");
});

test.each([
  ["settings", "environments/staging.ts", {}, "t", "git checkout"],
  ["what stacks are made from", "constructs/app.ts", {}, "s", "constructs/app.ts"],
  [
    "an entry that knows no settings",
    "environments/staging.ts",
    { settings: undefined },
    "s",
    "git checkout",
  ],
])(
  "images alone do not restore a release where %s differs",
  async (_, file, good, settings, line) => {
    write(file, "bad");
    const text = await saidOfGoingBack(good, { settings });

    expect(text).toMatch(/^Images alone do not restore release good: [^\n]*\n {2}/);
    expect(text).toContain(line);
  },
);

test("where Terraform or verify failed, settings that differ are named as a possible cause", async () => {
  write("environments/staging.ts", "bad");
  const good = entryOf("good", { images: a, settings: "s", commit });
  const way = (settings: string, result: "failed" | "succeeded" = "failed") => {
    const failed = entryOf("bad", { images: a, settings, result });
    return nextStep(session(), { result }, blameOf([good, failed], failed));
  };

  expect(await way("t")).toBe(
    [
      "The settings are others than those of release good, which ran. Where they are the cause, take them back:",
      `  Settings of release good: git checkout ${commit} -- environments/staging.ts`,
      "  then: mam deploy staging",
      "",
    ].join("\n"),
  );
  expect(await way("s")).toBeUndefined();
  expect(await way("t", "succeeded")).toBeUndefined();
});
