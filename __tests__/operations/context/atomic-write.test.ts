import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { failureOf } from "../../../operations/context/failure.ts";
import {
  CannotWrite,
  adviceOn,
  writeAtomically,
} from "../../../operations/context/atomic-write.ts";

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "mam-whole-"));
});
afterEach(() => {
  rmSync(directory, { recursive: true });
});

const thrown = (action: () => void): unknown => {
  try {
    action();
    return undefined;
  } catch (error) {
    return error;
  }
};

test("what cannot be written is named, with where, why and what to do, and nothing is half there", () => {
  const blocked = join(directory, "blocked");
  writeFileSync(blocked, "before");
  const under = join(blocked, "staging.release.json");
  const error = thrown(() => {
    writeAtomically(under, "after");
  });

  expect(error).toBeInstanceOf(CannotWrite);
  expect((error as Error).message).toMatch(
    new RegExp(
      `^${under} was not written, and is as it was: ENOTDIR: .*\\n  fix: make ${blocked} a directory, then the same command again$`,
    ),
  );
  expect(readFileSync(blocked, "utf8")).toBe("before");
  expect(readdirSync(directory)).toEqual(["blocked"]);
});

test("a name that cannot be taken leaves nothing beside it", () => {
  const path = join(directory, "is-a-directory.json");
  writeAtomically(join(directory, "x"), "x");
  const error = thrown(() => {
    writeAtomically(`${path}/`, "after");
  });

  expect(error).toBeInstanceOf(CannotWrite);
  expect(readdirSync(directory)).toEqual(["x"]);
});

test("a full disk is called that, wherever it is met", () => {
  const error = thrown(() => {
    writeFileSync("/dev/full", "text");
  });

  expect((error as NodeJS.ErrnoException).code).toBe("ENOSPC");
  expect(adviceOn(error, "/project/environments/x.json")).toBe(
    "free space on the disk of /project/environments (df /project/environments)",
  );
  expect(new CannotWrite("/project/x.json", error).message).toMatch(
    /^\/project\/x\.json was not written, and is as it was: ENOSPC: no space left on device/,
  );
});

test.each([
  ["EROFS", "read-only"],
  ["EACCES", "give this user the right to write in /project"],
])("%s of a directory that a command works in comes with what to do", (code, expected) => {
  const path = "/project/.mam";
  const error = Object.assign(new Error(`${code}: mkdir '${path}'`), {
    code,
    path,
    syscall: "mkdir",
  });

  expect(failureOf(error, false).message).toMatch(new RegExp(`${code}[^]*\\n  fix: .*${expected}`));
});

test("errors that are not of the file system have no such advice", () => {
  expect(adviceOn(new Error("no"))).toBeUndefined();
  expect(failureOf(new Error("no"), false).message).toBe("no");
});
