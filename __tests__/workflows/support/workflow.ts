import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";
import { z } from "zod";

const root = join(import.meta.dirname, "../../..");

const permissions = z.record(z.string(), z.string());
const concurrency = z.strictObject({ group: z.string(), "cancel-in-progress": z.boolean() });
const env = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

const stepSchema = z.looseObject({
  uses: z.string().optional(),
  run: z.string().optional(),
  if: z.string().optional(),
  with: z.record(z.string(), z.unknown()).optional(),
  env: env.optional(),
  shell: z.string().optional(),
});

const jobSchema = z.looseObject({
  if: z.string().optional(),
  environment: z.string().optional(),
  permissions: permissions.optional(),
  concurrency: concurrency.optional(),
  env: env.optional(),
  strategy: z.looseObject({ matrix: z.record(z.string(), z.array(z.string())) }).optional(),
  steps: z.array(stepSchema),
});

const workflowSchema = z.looseObject({
  name: z.string(),
  on: z.record(z.string(), z.unknown()),
  permissions: permissions.optional(),
  concurrency: concurrency.optional(),
  defaults: z.looseObject({ run: z.looseObject({ shell: z.string() }) }).optional(),
  jobs: z.record(z.string(), jobSchema),
});

const actionSchema = z.looseObject({
  runs: z.looseObject({ using: z.string(), steps: z.array(stepSchema).default([]) }),
});

/** A workflow, as far as the tests are about it. */
export type Workflow = z.output<typeof workflowSchema>;

/** A job of a workflow. */
export type Job = z.output<typeof jobSchema>;

/** A step of a job. */
export type Step = z.output<typeof stepSchema>;

/** A workflow as it stands in a file. */
export interface WorkflowFile {
  /** Name of the file. */
  readonly name: string;
  readonly text: string;
  readonly workflow: Workflow;
}

/** Reads a workflow. @throws ZodError for what no workflow of this project has. */
export function workflowOf(name: string, text: string): WorkflowFile {
  return { name, text, workflow: workflowSchema.parse(parse(text)) };
}

/** The workflows of the project. */
export function workflowFiles(): WorkflowFile[] {
  const directory = join(root, ".github/workflows");
  return readdirSync(directory).map((name) =>
    workflowOf(name, readFileSync(join(directory, name), "utf8")),
  );
}

/** A workflow that stands in a page, for whoever wants to use it: blocks of YAML with a name in front. */
export function workflowsIn(page: string): WorkflowFile[] {
  const text = readFileSync(join(root, page), "utf8");
  return [...text.matchAll(/^```yaml\n(name: ([\w-]+)\n[^]*?)^```$/gm)].map(
    ([, block = "", name = ""]) => workflowOf(`${page}: ${name}`, block),
  );
}

/** The steps of the project's own action. */
export function preparingSteps(): Step[] {
  const text = readFileSync(join(root, ".github/actions/prepare/action.yml"), "utf8");
  return actionSchema.parse(parse(text)).runs.steps;
}

/** A step, and the job that it is in. */
export interface PlacedStep {
  readonly step: Step;
  readonly job: Job;
  /** Where it is: `deploy.yml: staging, step 3`. */
  readonly where: string;
}

/** Every step of a workflow. */
export function stepsOf({ name, workflow }: WorkflowFile): PlacedStep[] {
  return Object.entries(workflow.jobs).flatMap(([id, job]) =>
    job.steps.map((step, index) => ({ step, job, where: `${name}: ${id}, step ${index + 1}` })),
  );
}
