import { workerSettings } from "../../../constructs/gpu/worker-settings.ts";
import type { StandingMachine } from "../../../operations/gpu/standing.ts";
import { absent, otherwiseMade, withoutCard } from "../../../operations/gpu/violations.ts";
import { anEnvironment, release } from "../../support/environments.ts";
import { withGpu } from "../../support/gpu.ts";

const environment = anEnvironment(withGpu());

const report = {
  version: 1,
  at: "2026-11-29T12:00:00.000Z",
  digest: release.images.worker,
  settings: workerSettings(environment),
  encoder: "nvenc",
  fellBack: 0,
} as const;

const well: StandingMachine = {
  number: 1,
  isAsked: true,
  machine: { number: 1, droplet: "560000001", made: undefined },
  report,
  isRunning: true,
};

const named = "mam-production-gpu-worker-1 (Droplet 560000001)";

const judged = (machine: Partial<StandingMachine>) =>
  [absent, otherwiseMade, withoutCard].flatMap((violating) =>
    violating(environment, { ...well, ...machine }),
  );

test("a machine that runs the release on its card is well", () => {
  expect(judged({})).toEqual([]);
});

test.each<[string, Partial<StandingMachine>, object]>([
  [
    "is not there",
    { machine: undefined, report: undefined, isRunning: false },
    { resource: "mam-production-gpu-worker-1", expected: "a machine", found: "none" },
  ],
  [
    "is not asked for any more",
    { isAsked: false },
    { resource: named, expected: "none", found: "a machine" },
  ],
  [
    "has been silent",
    { isRunning: false },
    {
      resource: named,
      expected: "a report of the last three minutes",
      found: "none since 2026-11-29T12:00:00.000Z",
    },
  ],
  [
    "never said anything",
    { report: undefined, isRunning: false },
    { resource: named, expected: "a report of the last three minutes", found: "none, ever" },
  ],
  [
    "runs another image",
    { report: { ...report, digest: "sha256:0" } },
    { resource: `image of ${named}`, expected: release.images.worker, found: "sha256:0" },
  ],
  [
    "was made from other settings",
    { report: { ...report, settings: "0" } },
    { resource: `settings of ${named}`, expected: report.settings, found: "0" },
  ],
  [
    "works on its CPU",
    { report: { ...report, encoder: "cpu", reason: "Cannot load libcuda.so.1" } },
    { resource: named, expected: "the card", found: "the CPU: Cannot load libcuda.so.1" },
  ],
  [
    "did jobs on its CPU that failed on its card",
    { report: { ...report, fellBack: 2 } },
    { resource: named, expected: "no job that fails on the card", found: "2, done on the CPU" },
  ],
])("a machine that %s is one finding", (_what, machine, violation) => {
  expect(judged(machine)).toEqual([violation]);
});
