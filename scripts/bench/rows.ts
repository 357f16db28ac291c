import { readdirSync } from "node:fs";
import { join } from "node:path";

import { execa } from "execa";

import { suites } from "../../rehearsal/scenarios/index.ts";
import { type Checkout, checkOut } from "./checkout.ts";
import { type Cost, costOf } from "./cost.ts";
import type { Measured } from "./measured.ts";
import { cloudMemory, planMemory } from "./memory.ts";
import { othersOfPlan } from "./others.ts";
import { benchRequests } from "./requests.ts";

/** What a row is measured with. */
export interface Bench {
  /** Another commit, installed; undefined when none is compared with. */
  readonly base: Checkout | undefined;
  readonly interruption: AbortSignal;
  readonly tell: (progress: string) => void;
}

/** Rows of the table that are measured together, by the name by which they are asked for. */
export interface Row {
  readonly name: string;
  /** What it costs to measure. */
  readonly takes: string;
  measure(bench: Bench): Promise<readonly Measured[]>;
}

/** Every row, in the order of the table. */
export const rows: readonly Row[] = [
  {
    name: "rehearse",
    takes: "two rehearsals, some seven minutes",
    measure: async ({ base }) => {
      const acts = await actsOf(base?.directory);
      const line = ["npm", "run", "-s", "rehearse", "--", "staging", "--acts", acts] as const;
      return [await paired("`npm run rehearse`, staging, CPU", line, 0.5, base)];
    },
  },
  {
    name: "gate",
    takes: "the tests and both rehearsals twice, some twenty-five minutes",
    measure: async ({ base }) => {
      const acts = await actsOf(base?.directory);
      const rehearsals = ["staging", "production"].map((name) =>
        ["npm", "run", "-s", "rehearse", "--", name, "--acts", acts].join(" "),
      );
      const tests = `node node_modules/jest/bin/jest.js --runTestsByPath ${testsOf(base?.directory).join(" ")}`;
      const line = ["bash", "-c", [tests, ...rehearsals].join(" && ")] as const;
      return [await paired("the gate's tests and rehearsals, CPU", line, 0.6, base)];
    },
  },
  {
    name: "requests",
    takes: "nine deployments, some five minutes",
    measure: ({ base, interruption }) => benchRequests(base?.directory, interruption),
  },
  {
    name: "install",
    takes: "two installations, some two minutes",
    measure: async ({ base, interruption }) => {
      const own = await checkOut("HEAD", interruption);
      await own.remove();
      const limit = { of: "before", most: 0.5 } as const;
      const row = (what: string, unit: string, key: "mebibytes" | "seconds"): Measured => ({
        ...{ what, unit, limit, now: own.installed[key] },
        ...(base ? { before: base.installed[key] } : {}),
      });
      return [row("`npm ci`, on disk", "MiB", "mebibytes"), row("`npm ci`, time", "s", "seconds")];
    },
  },
  { name: "growth", takes: "some thirty seconds", measure: ({ base }) => growth(base) },
  {
    name: "others",
    takes: "a deployment and twelve plans, some two minutes",
    measure: async ({ interruption }) => [await othersOfPlan(interruption)],
  },
  {
    name: "plan",
    takes: "ten plans of each, some two minutes",
    measure: async () => [
      ratio("`mam plan`, nothing changed, to Terraform's own", 0.9, await printed("bench-plan.ts")),
    ],
  },
  {
    name: "synth",
    takes: "ten of each, some two minutes",
    measure: async () => [
      ratio("`cdktf synth`, to a one-resource project's", 1.2, await printed("bench-synth.ts")),
    ],
  },
  {
    name: "memory",
    takes: "eleven deployments, some four minutes",
    measure: async ({ base, interruption }) => [
      await synthMemory(base),
      await planMemory(interruption),
      await cloudMemory(interruption),
    ],
  },
];

/** Names of the acts that another commit has, of those that are played without being asked for here. */
async function actsOf(base: string | undefined): Promise<string> {
  const own = suites.flatMap(({ scenarios }) => scenarios.filter(({ onDemand }) => !onDemand));
  const names = own.map(({ name }) => name);
  if (base === undefined) return names.join();
  const { stderr } = await execa("npm", ["run", "-s", "rehearse", "--", "--acts", "none"], {
    cwd: base,
    reject: false,
  });
  const known = new Set(/expected one of: (.*)\.$/m.exec(stderr)?.[1]?.split(", "));
  return names.filter((name) => known.has(name)).join();
}

/** Tests that both commits have, of those that the gate runs by Jest first. */
function testsOf(base: string | undefined): readonly string[] {
  const listed = (root: string) =>
    readdirSync(join(root, "__tests__"), { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".test.ts") && !/\.(platform|long)\.test\.ts$/.test(file))
      .map((file) => join("__tests__", file));
  const known = new Set(listed(base ?? "."));
  return listed(".").filter((file) => known.has(file));
}

/** The CPU of the same command at both commits. */
async function paired(
  what: string,
  line: readonly [string, ...string[]],
  most: number,
  base: Checkout | undefined,
): Promise<Measured> {
  const before: Cost | undefined = base && (await costOf(line, base.directory));
  const { cpu: now } = await costOf(line, process.cwd());
  const limit = { of: "before", most } as const;
  return { what, unit: "s", now, limit, ...(before ? { before: before.cpu } : {}) };
}

async function growth(base: Checkout | undefined): Promise<readonly Measured[]> {
  const program = join(import.meta.dirname, "growth-program.ts");
  const measure = async (root: string) => {
    const { stdout } = await execa("node", ["--import", "tsx", program, root]);
    return JSON.parse(stdout) as { readonly each: number; readonly mebibytes: number };
  };
  const before = base && (await measure(base.directory));
  const now = await measure(process.cwd());
  return [
    {
      ...{ what: "synth of 1 to 100 environments, each further one", unit: "ms" },
      ...(before ? { before: before.each } : {}),
      ...{ now: now.each, limit: { of: "now", most: 30 } },
    },
    {
      ...{ what: "memory of that synth", unit: "MiB" },
      ...(before ? { before: before.mebibytes } : {}),
      ...{ now: now.mebibytes, limit: { of: "before", most: 1 } },
    },
  ];
}

/** What another benchmark says of a pair: the first of its ratios. */
async function printed(script: string): Promise<number> {
  const { stdout } = await execa("node", ["--import", "tsx", join("scripts", script)]);
  const found = /ratio ([\d.]+)/.exec(stdout)?.[1];
  if (found === undefined) throw new Error(`scripts/${script} printed no ratio:\n${stdout}`);
  return Number(found);
}

function ratio(what: string, most: number, now: number): Measured {
  return { what, unit: "", now, limit: { of: "now", most } };
}

async function synthMemory(base: Checkout | undefined): Promise<Measured> {
  const line = ["npm", "run", "-s", "synth"] as const;
  // Built before, because building takes memory, too.
  const measure = async (directory: string) => {
    await costOf(line, directory);
    return (await costOf(line, directory)).peak;
  };
  const before = base && (await measure(base.directory));
  return {
    ...{ what: "largest process of `npm run synth`", unit: "MiB" },
    ...(before === undefined ? {} : { before }),
    ...{ now: await measure(process.cwd()), limit: { of: "before", most: 1 } },
  };
}
