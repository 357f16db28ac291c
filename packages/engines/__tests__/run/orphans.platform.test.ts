import { spawn } from "node:child_process";
import { access } from "node:fs/promises";
import { createInterface } from "node:readline";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";

import { isListening } from "../../src/run/ports.ts";
import { testWith } from "../support/engines.ts";

const program = fileURLToPath(new URL("../support/starts-servers.ts", import.meta.url));
const root = fileURLToPath(new URL("../../../..", import.meta.url));

const isThere = (path: string) =>
  access(path).then(
    () => true,
    () => false,
  );

testWith("postgres", "valkey")(
  "servers end with the program that started them, also when it is killed",
  async () => {
    const child = spawn(process.execPath, ["--import", "tsx", program], {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
    });
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    const line = await lines.next();
    const { port, directories } = JSON.parse(line.value as string) as {
      port: number;
      directories: string[];
    };
    expect(await isListening({ port })).toBe(true);
    child.kill("SIGKILL");
    const left = async () =>
      (await Promise.all([isListening({ port }), ...directories.map(isThere)])).some(Boolean);
    for (let tries = 0; tries < 2400 && (await left()); tries++) await setTimeout(50);
    expect(await left()).toBe(false);
  },
);
