import type { ProgressStep, StepStatus } from "../model.ts";
import { runningComponents } from "../spec/spec.ts";
import type { AppSpec } from "../spec/spec.ts";

const pending = (name: string, rest: Partial<ProgressStep> = {}): ProgressStep => ({
  name,
  status: "PENDING",
  ...rest,
});

const words = { service: "service", worker: "worker", job: "job" } as const;

interface Shown {
  readonly name: string;
  readonly word: string;
}

/** The components that a deployment runs: jobs before the others, as the platform does. */
function shownComponents(spec: AppSpec, withJobs: boolean): Shown[] {
  const running = runningComponents(spec).map(({ kind, spec: { name } }) => ({
    name,
    kind,
    word: words[kind],
  }));
  return [
    ...running.filter(({ kind }) => withJobs && kind === "job"),
    ...running.filter(({ kind }) => kind !== "job"),
    ...(spec.static_sites ?? []).map(({ name }) => ({ name, word: "static site" })),
  ];
}

const usesImage = (spec: AppSpec, name: string) =>
  runningComponents(spec).some((one) => one.spec.name === name && one.spec.image !== undefined);

/**
 * The steps of a deployment before it begins: `build` and `deploy` with the steps of every component in them. Without
 * anything to build, `build` is done from the beginning. Source: progress in DigitalOcean API description,
 * `apps/responses/examples.yml`.
 */
export function newProgress(spec: AppSpec, builds: boolean, withJobs: boolean): ProgressStep[] {
  const components = shownComponents(spec, withJobs);
  const built = builds ? components.filter(({ name }) => !usesImage(spec, name)) : [];
  const progress = [
    pending("build", {
      steps: [
        pending("initialize"),
        pending("components", {
          steps: built.map(({ name, word }) =>
            pending(name, { component_name: name, message_base: `Building ${word}` }),
          ),
        }),
      ],
    }),
    pending("deploy", {
      steps: [
        pending("initialize"),
        pending("components", {
          steps: components.map(({ name, word }) =>
            pending(name, {
              component_name: name,
              steps: [
                pending("deploy", { component_name: name, message_base: `Deploying ${word}` }),
                pending("wait", { component_name: name, message_base: `Waiting for ${word}` }),
              ],
            }),
          ),
        }),
        pending("finalize"),
      ],
    }),
  ];
  if (!builds) mark(progress, ["build"], "SUCCESS", undefined);
  return progress;
}

const settled = (status: StepStatus) => status === "SUCCESS" || status === "ERROR";

function setStatus(step: ProgressStep, status: StepStatus, at: Date | undefined): void {
  if (step.status === status) return;
  step.status = status;
  if (at && status !== "PENDING") step.started_at ??= at.toISOString();
  if (at && settled(status)) step.ended_at = at.toISOString();
}

function statusOf(steps: readonly ProgressStep[]): StepStatus {
  if (steps.some(({ status }) => status === "ERROR")) return "ERROR";
  if (steps.every(({ status }) => status === "SUCCESS")) return "SUCCESS";
  return steps.every(({ status }) => status === "PENDING") ? "PENDING" : "RUNNING";
}

function markAll(step: ProgressStep, status: StepStatus, at: Date | undefined): void {
  step.steps?.forEach((child) => {
    markAll(child, status, at);
  });
  setStatus(step, status, at);
}

/**
 * Sets a step, and everything in it, to a status; the steps around it follow.
 *
 * @param path names from the outside in; a path that leads nowhere is left alone.
 * @param at time of the change; absent for what was done before the deployment began.
 */
export function mark(
  steps: readonly ProgressStep[],
  path: readonly string[],
  status: StepStatus,
  at: Date | undefined,
): ProgressStep | undefined {
  const [name, ...rest] = path;
  const step = steps.find((one) => one.name === name);
  if (!step) return undefined;
  if (rest.length === 0) {
    markAll(step, status, at);
    return step;
  }
  const found = mark(step.steps ?? [], rest, status, at);
  if (step.steps && step.steps.length > 0) setStatus(step, statusOf(step.steps), at);
  return found;
}

function stopRunning(steps: readonly ProgressStep[]): void {
  for (const step of steps) {
    stopRunning(step.steps ?? []);
    if (step.status === "RUNNING") step.status = "PENDING";
  }
}

/** Marks a step as failed with the reason that the API gives for it; what was still running never ends. */
export function markFailed(
  steps: readonly ProgressStep[],
  path: readonly string[],
  reason: { readonly code: string; readonly message: string },
  at: Date,
): void {
  stopRunning(steps);
  const step = mark(steps, path, "ERROR", at);
  if (step) step.reason = reason;
}

const leaves = (steps: readonly ProgressStep[]): ProgressStep[] =>
  steps.flatMap((step) => (step.steps && step.steps.length > 0 ? leaves(step.steps) : [step]));

/** Progress as the API shows it: the steps, and how many of the innermost are in which status. */
export function describeProgress(steps: readonly ProgressStep[]) {
  const all = leaves(steps);
  const count = (status: StepStatus) => all.filter((step) => step.status === status).length;
  return {
    pending_steps: count("PENDING"),
    running_steps: count("RUNNING"),
    success_steps: count("SUCCESS"),
    error_steps: count("ERROR"),
    total_steps: all.length,
    steps,
  };
}
