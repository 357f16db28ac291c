import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const logging = `
  import { createLogger } from "@mam-services/common/log";
  const log = createLogger("api", { MAM_ENVIRONMENT: "test", RELEASE_DIGEST: "none", LOG_LEVEL: "info" });
`;

/** A process that writes log lines. */
function start(statements: string) {
  const argv = ["--import", "tsx", "--input-type=module", "--eval", logging + statements];
  return spawn(process.execPath, argv, {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function messagesOf(statements: string): Promise<unknown[]> {
  const child = start(statements);
  let written = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (written += text));
  await once(child, "close");
  return written
    .trimEnd()
    .split("\n")
    .map((line) => (JSON.parse(line) as { msg: unknown }).msg);
}

test("all lines of a process that ends at once are written, in their order", async () => {
  const messages = await messagesOf(`
    for (const number of [1, 2, 3]) log.info(String(number));
    process.exit(0);
  `);

  assert.deepEqual(messages, ["1", "2", "3"]);
});

test("a warning and all before it are written before anything else happens", async () => {
  const messages = await messagesOf(`
    log.info("begun");
    log.warn("no memory");
    process.kill(process.pid, "SIGKILL");
  `);

  assert.deepEqual(messages, ["begun", "no memory"]);
});

test("a line alone is written while the process goes on", async () => {
  const child = start(`
    log.info("listening");
    setInterval(() => {}, 60_000);
  `);
  const [line] = (await once(child.stdout, "data")) as [Buffer];
  child.kill("SIGKILL");

  assert.equal((JSON.parse(line.toString()) as { msg: unknown }).msg, "listening");
});
