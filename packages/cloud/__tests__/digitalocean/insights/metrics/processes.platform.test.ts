import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import {
  ProcessTable,
  hasProcesses,
} from "../../../../src/digitalocean/insights/metrics/processes.ts";

const testOnLinux = hasProcesses ? test : test.skip;

/** Takes 80 MiB and half a second of CPU, says so, and waits. */
const child = `
  const taken = Buffer.alloc(80 * 1024 ** 2, 1);
  while (process.cpuUsage().user < 500_000);
  console.log("done", taken.length);
  setInterval(() => undefined, 1000);
`;
/** Starts that, and passes on what it says; does nothing itself. */
const parent = `
  const one = require("node:child_process").spawn(process.execPath, ["-e", ${JSON.stringify(child)}]);
  one.stdout.pipe(process.stdout);
  process.on("SIGUSR2", () => one.kill("SIGKILL"));
  one.on("exit", () => console.log("gone"));
`;

const started: ChildProcess[] = [];
afterEach(() => {
  for (const one of started.splice(0)) process.kill(-(one.pid ?? 0), "SIGKILL");
});

async function aParent() {
  const one = spawn(process.execPath, ["-e", parent], {
    detached: true,
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.push(one);
  await once(one.stdout, "data");
  return { one, pid: one.pid ?? 0, output: one.stdout };
}

testOnLinux("memory and CPU are those of a process with all that it started", async () => {
  const { pid } = await aParent();
  const use = new ProcessTable().useOf(pid);

  expect(use?.memoryBytes).toBeGreaterThan(100 * 1024 ** 2);
  expect(use?.memoryBytes).toBeLessThan(400 * 1024 ** 2);
  expect(use?.cpuSeconds).toBeGreaterThan(0.5);
});

testOnLinux("the CPU of what ended counts on, and its memory does not", async () => {
  const { one, pid, output } = await aParent();
  one.kill("SIGUSR2");
  await once(output, "data");
  const use = new ProcessTable().useOf(pid);

  expect(use?.cpuSeconds).toBeGreaterThan(0.5);
  expect(use?.memoryBytes).toBeLessThan(80 * 1024 ** 2);
});

testOnLinux("a process that is gone uses nothing", () => {
  // Linux gives no process this number: /proc/sys/kernel/pid_max is 4194304 at most.
  expect(new ProcessTable().useOf(4_194_305)).toBeUndefined();
});
