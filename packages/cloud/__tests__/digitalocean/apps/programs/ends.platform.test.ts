import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

import {
  aCloud,
  aService,
  aSpec,
  anApp,
  close,
  eventually,
  newest,
  theApp,
  visit,
  closeClouds,
} from "./support/cloud.ts";

afterEach(closeClouds);

const holder = fileURLToPath(new URL("support/holder.ts", import.meta.url));

function runs(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const pidsIn = (lines: readonly { readonly pid: number }[]) => lines.map(({ pid }) => pid);

async function aHolder() {
  const child = spawn(process.execPath, ["--import", "tsx", holder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = (await once(createInterface(child.stdout), "line")) as [string];
  return { child, pids: pidsIn(JSON.parse(line) as { pid: number }[]) };
}

const startedBy = (cloud: Parameters<typeof theApp>[0]) =>
  pidsIn(
    (newest(cloud)?.logs ?? [])
      .filter(({ line }) => line.startsWith("{"))
      .map(({ line }) => JSON.parse(line) as { pid: number }),
  );

test.each(["SIGINT", "SIGKILL"] as const)(
  "%s to the process that started the cloud leaves no program, and nothing that programs started",
  async (signal) => {
    const { child, pids } = await aHolder();
    expect(pids).toHaveLength(4);
    expect(pids.every(runs)).toBe(true);

    child.kill(signal);
    await once(child, "exit");

    await eventually(
      () => pids.filter(runs),
      (left) => left.length === 0,
    );
  },
);

test("a cloud that is closed leaves no program and no file, however stubborn they are", async () => {
  const cloud = await aCloud();
  await anApp(cloud, aSpec({ services: [aService("parent,stubborn")] }));
  const pids = startedBy(cloud);
  const { HOME = "" } = (await (await visit(cloud, "/environment")).body.json()) as {
    HOME?: string;
  };
  expect(pids).toHaveLength(4);
  expect(existsSync(HOME)).toBe(true);

  await close(cloud);

  expect(existsSync(HOME)).toBe(false);
  await eventually(
    () => pids.filter(runs),
    (left) => left.length === 0,
  );
});

test("an app that is deleted ends its programs", async () => {
  const cloud = await aCloud();
  await anApp(cloud);
  const pids = startedBy(cloud);
  const { id } = theApp(cloud);
  await fetch(`${cloud.endpoints.digitalOcean}/v2/apps/${id}`, {
    method: "DELETE",
    headers: { authorization: "Bearer full" },
  });

  await eventually(
    () => pids.filter(runs),
    (left) => left.length === 0,
  );
});
