import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { test } from "node:test";

const program = fileURLToPath(new URL("support/ends-badly.ts", import.meta.url));

/** Runs a service that ends in some way. @returns its exit code and the last line of its log */
function end(how: string) {
  const { status, stdout } = spawnSync(process.execPath, ["--import", "tsx", program, how], {
    cwd: fileURLToPath(new URL("../../", import.meta.url)),
    encoding: "utf8",
  });
  const line = stdout.trim().split("\n").at(-1) ?? "";
  return { status, last: line === "" ? undefined : (JSON.parse(line) as Record<string, unknown>) };
}

test("a service that is told to end, and can, ends with exit code 0 and says nothing", () => {
  assert.deepEqual(end("well"), { status: 0, last: undefined });
});

const ways = {
  close: "it cannot be closed",
  throw: "it was thrown",
  reject: "it was rejected",
};

for (const [how, why] of Object.entries(ways))
  test(`a service that ends by ${how} has exit code 1, and its last line says why`, () => {
    const { status, last } = end(how);

    assert.equal(status, 1);
    assert.equal(last?.level, "fatal");
    assert.equal(last.msg, "the service ends");
    const { message, stack } = last.err as { message: string; stack: string };
    assert.equal(message, why);
    assert.match(stack, /ends-badly/);
  });
