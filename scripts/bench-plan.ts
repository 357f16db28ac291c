import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { type Socket, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { z } from "zod";

import { environments } from "../environments/index.ts";
import { loadEnvironments } from "../environments/loading/load.ts";
import { stackName, stackKinds } from "../operations/terraform/stack-kinds.ts";
import { childEnvironment } from "../rehearsal/harness/child-environment.ts";
import { openHarness } from "../rehearsal/harness/rehearsal.ts";
import { median } from "./bench/measured.ts";
import { type Variables, run } from "./bench/program.ts";

/** Pairs of runs: enough for a stable median on a busy machine. */
const pairs = Number(process.argv[2] ?? 9);

const name = "staging";
const mam = join(import.meta.dirname, "../operations/mam.mjs");

// The SDK is pinned, and what it says about its next releases is of no use to whoever measures.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = "true";

/**
 * Compares `mam plan` with nothing changed against Terraform's own plans of the three stacks, side by side, in the
 * rehearsal: `npm run bench:plan -- [pairs]`. Both run in turns, so that they meet the same machine. Then it releases new
 * images, and counts who asked which provider.
 *
 * It is the hardest case for `mam`: the rehearsal's platforms answer at once, and its providers run already. With the
 * real ones Terraform waits for the network, and for a provider of 700 MB to start; `mam` costs the same.
 */
const directory = mkdtempSync(join(tmpdir(), "mam-infra-bench-"));
mkdirSync(join(directory, "environments"));
cpSync(
  `environments/${name}.release.json`,
  join(directory, "environments", `${name}.release.json`),
);
const [environment] = loadEnvironments({
  inputs: environments,
  only: name,
  directory: "environments",
});
if (!environment) throw new Error(`no environment ${name}`);
const harness = await openHarness({
  project: directory,
  environment,
  providers: "embedded",
  faults: [],
  interruption: new AbortController().signal,
});
try {
  const { cloud, workspace, providers, context } = harness;
  const supplied = childEnvironment(cloud, workspace, providers.source, "supplied");
  const sealed = childEnvironment(cloud, workspace, providers.source, "sealed");
  await run("node", [mam, "deploy", name, "--yes"], { cwd: directory, env: supplied });
  await comparePlans(sealed, workspace.outdir);
  context.releases.write(context.releases.push());
  await countConnections(sealed);
} finally {
  await harness.close(false);
  rmSync(directory, { recursive: true });
}

async function comparePlans(env: Variables, outdir: string): Promise<void> {
  const stacks = stackKinds.map((part) => join(outdir, "stacks", stackName(name, part)));
  for (const cwd of stacks) await run("terraform", ["init", "-input=false"], { cwd, env });
  const terraform = () =>
    Promise.all(
      stacks.map((cwd) =>
        run("terraform", ["plan", "-input=false", "-detailed-exitcode", "-out=plan"], { cwd, env }),
      ),
    );
  const plan = () =>
    run("node", [mam, "plan", name, "--detailed-exitcode"], { cwd: directory, env });
  const times: (readonly [number, number])[] = [];
  // The first run of each fills caches.
  for (let pair = 0; pair <= pairs; pair += 1) {
    times.push([await milliseconds(terraform), await milliseconds(plan)]);
  }
  const measured = times.slice(1);
  const [own, ours] = [
    median(measured.map(([time]) => time)),
    median(measured.map(([, time]) => time)),
  ];
  const ratio = median(measured.map(([theirs, time]) => time / theirs));
  process.stdout.write(
    `nothing changed: terraform's own plans ${own.toFixed(0)} ms, mam plan ${ours.toFixed(0)} ms, ratio ${ratio.toFixed(2)} (medians of ${pairs})\n`,
  );
}

/** Releases through listeners that stand between Terraform and its providers. @throws when AWS's was asked. */
async function countConnections(env: Variables): Promise<void> {
  const reattached = z
    .record(z.string(), z.looseObject({ Addr: z.looseObject({ String: z.string() }) }))
    .parse(JSON.parse(env.TF_REATTACH_PROVIDERS ?? "{}"));
  const counted = await Promise.all(
    Object.entries(reattached).map(async ([provider, attachment]) => {
      const listener = await counting(attachment.Addr.String);
      const Addr = { ...attachment.Addr, String: listener.address };
      return { provider, listener, attachment: { ...attachment, Addr } };
    }),
  );
  const through = counted.map(({ provider, attachment }) => [provider, attachment]);
  const TF_REATTACH_PROVIDERS = JSON.stringify(Object.fromEntries(through));
  await run("node", [mam, "deploy", name, "--yes"], {
    cwd: directory,
    env: { ...env, TF_REATTACH_PROVIDERS },
  });
  for (const { provider, listener } of counted) {
    listener.close();
    process.stdout.write(`release: ${listener.connections()} connections to ${provider}\n`);
  }
  const ofAws = counted.find(({ provider }) => provider.endsWith("/aws"));
  if (ofAws?.listener.connections() !== 0) throw new Error("a release asked the AWS provider");
}

/** A listener that passes everything on, and counts. */
async function counting(target: string) {
  const [host = "", port = ""] = target.split(":");
  let count = 0;
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    count += 1;
    const onward = connect(Number(port), host);
    for (const one of [socket, onward]) {
      sockets.add(one);
      one.on("error", () => one.destroy());
    }
    socket.pipe(onward).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("not listening on a port");
  return {
    address: `127.0.0.1:${address.port}`,
    connections: () => count,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function milliseconds(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await action();
  return performance.now() - start;
}
