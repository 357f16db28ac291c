import { type Job, type PlacedStep, type WorkflowFile, stepsOf } from "./workflow.ts";

/** Something that has to hold of every workflow, and that neither actionlint nor zizmor finds. */
interface WorkflowCheck {
  readonly id: string;
  readonly why: string;
  /** Where it does not hold. */
  readonly find: (file: WorkflowFile) => readonly string[];
}

/** Commands that change a platform. */
const applies = /\b(mam (deploy|rollback)|cdktf (deploy|destroy)|terraform (apply|destroy))\b/;
const run = ({ step }: PlacedStep) => step.run ?? "";
const appliesIn = (job: Job) => job.steps.some((step) => applies.test(step.run ?? ""));
const jobsOf = ({ name, workflow }: WorkflowFile) =>
  Object.entries(workflow.jobs).map(([id, job]) => ({ id, job, where: `${name}: ${id}` }));
const secret = /\$\{\{[^}]*\bsecrets\b/;
const own = "github.event.pull_request.head.repo.full_name == github.repository";
const lastLine = (script: string) => script.trimEnd().split("\n").at(-1)?.trim() ?? "";

const steps =
  (fails: (placed: PlacedStep, file: WorkflowFile) => boolean) =>
  (file: WorkflowFile): string[] =>
    stepsOf(file)
      .filter((placed) => fails(placed, file))
      .map(({ where }) => where);

const jobs =
  (fails: (job: Job, file: WorkflowFile) => boolean) =>
  (file: WorkflowFile): string[] =>
    jobsOf(file)
      .filter(({ job }) => fails(job, file))
      .map(({ where }) => where);

/** About how jobs run beside each other. */
const concurrency: readonly WorkflowCheck[] = [
  {
    id: "one-at-a-time",
    why: "two deployments of an environment wait for each other",
    find: jobs((job, { workflow }) => !job.concurrency && !workflow.concurrency),
  },
  {
    id: "never-cancelled",
    why: "a job that applies is not cancelled by the next one",
    find: jobs(
      (job, { workflow }) =>
        appliesIn(job) &&
        (job.concurrency ?? workflow.concurrency)?.["cancel-in-progress"] !== false,
    ),
  },
  {
    id: "group-of-an-environment",
    why: "jobs that apply to an environment share a group, and those of two environments do not",
    find: jobs(
      (job) => appliesIn(job) && job.concurrency?.group !== `deploy-${job.environment ?? ""}`,
    ),
  },
];

/** The command that a right to write is for. */
const writers: Readonly<Record<string, string>> = {
  "pull-requests": "mam review comment",
  issues: "mam drift",
};

/** About what a job may do, and what it knows. */
const rights: readonly WorkflowCheck[] = [
  {
    id: "no-permissions-by-default",
    why: "a job has the rights that it names, and no others",
    find: ({ name, workflow }) =>
      workflow.permissions && Object.keys(workflow.permissions).length === 0 ? [] : [name],
  },
  {
    id: "rights-for-what-it-writes",
    why: "the right to write is given for a comment and for an issue, and for nothing else",
    find: jobs((job) =>
      Object.entries(job.permissions ?? {})
        .filter(([, access]) => access === "write")
        .some(([right]) => !job.steps.some((step) => step.run?.includes(writers[right] ?? "\n\n"))),
    ),
  },
  {
    id: "protected",
    why: "a job that applies is in a GitHub environment, which may want approval",
    find: jobs(
      (job) => appliesIn(job) && (job.environment === undefined || job.environment.includes("${{")),
    ),
  },
  {
    id: "writes-apart-from-platforms",
    why: "a job that runs a pull request's code with credentials has no right to write on GitHub",
    find: jobs(
      (job, { workflow }) =>
        "pull_request" in workflow.on &&
        job.steps.some((step) => secret.test(JSON.stringify(step.env ?? {}))) &&
        Object.values(job.permissions ?? {}).includes("write"),
    ),
  },
  {
    id: "no-secret-for-a-fork",
    why: "a job of a pull request that has secrets runs for branches of this repository only",
    find: jobs(
      (job, { workflow }) =>
        "pull_request" in workflow.on && secret.test(JSON.stringify(job)) && !job.if?.includes(own),
    ),
  },
  {
    id: "no-privileged-trigger",
    why: "pull_request_target and workflow_run run foreign code with the repository's rights",
    find: ({ name, workflow }) =>
      ["pull_request_target", "workflow_run"].some((trigger) => trigger in workflow.on)
        ? [name]
        : [],
  },
  {
    id: "secrets-where-they-are-needed",
    why: "npm ci runs the code of packages: a secret is in the environment of the step that needs it",
    find: ({ name, workflow, ...file }) => [
      ...(secret.test(JSON.stringify(workflow.env ?? {})) ? [name] : []),
      ...jobs((job) => secret.test(JSON.stringify(job.env ?? {})))({ name, workflow, ...file }),
    ],
  },
  {
    id: "no-secret-in-a-script",
    why: "what a script has in it is in the list of processes, and in the log",
    find: steps((placed) => run(placed).includes("${{")),
  },
  {
    id: "no-kept-credentials",
    why: "the token of the checkout is not left where the code of the checkout reads it",
    find: steps(
      ({ step }) =>
        step.uses?.startsWith("actions/checkout@") === true &&
        step.with?.["persist-credentials"] !== false,
    ),
  },
  {
    id: "no-token-for-identity",
    why: "none of the platforms takes a token of GitHub's identity provider: docs/ci.md",
    find: jobs((job) => "id-token" in (job.permissions ?? {})),
  },
];

const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;

/** About what is run. */
const sources: readonly WorkflowCheck[] = [
  {
    id: "pinned",
    why: "a tag can be moved: an action is a commit, with its version in a comment",
    find: ({ name, text }) =>
      [...text.matchAll(/^\s*(?:- )?uses: (\S+)(.*)$/gm)]
        .filter(([, uses = "", comment = ""]) => {
          if (uses.startsWith("./")) return false;
          return !pinned.test(uses) || !/^ # v\d+\.\d+\.\d+$/.test(comment);
        })
        .map(([, uses = ""]) => `${name}: ${uses}`),
  },
  {
    id: "what-was-reviewed",
    why: "a deployment by mam is held to a plan that somebody looked at",
    find: steps((placed) => {
      const script = run(placed);
      return /\bmam deploy\b/.test(script) && !/--reviewed review\/\w+\.json/.test(script);
    }),
  },
  {
    id: "review-of-this-environment",
    why: "what is deployed is compared with the review of the same environment, which was fetched before",
    find: jobs((job) => {
      const [, environment = "", reviewed = ""] =
        /\bmam deploy (\w+).* --reviewed review\/(\w+)\.json/.exec(
          job.steps.map((step) => step.run ?? "").join("\n"),
        ) ?? [];
      if (environment === "") return false;
      const fetched = job.steps.some((step) =>
        step.run?.includes(`mam review fetch ${environment} --commit "$GITHUB_SHA" --to review`),
      );
      return reviewed !== environment || !fetched;
    }),
  },
  {
    id: "planned-where-it-is-applied",
    why: "a saved plan holds secrets, and writes to the backend of the job that made it",
    find: steps(
      ({ step }) =>
        /terraform (plan|apply)|-out[= ]/.test(step.run ?? "") ||
        ((step.uses ?? "").includes("upload-artifact") && step.with?.path !== "review"),
    ),
  },
  {
    id: "thin",
    why: "what needs code is a command that a person can run, with tests of its own",
    find: steps((placed) =>
      run(placed)
        .split("\n")
        .filter((line) => line.trim() !== "")
        .some(
          (line) => !/^\s*(npx (mam|cdktf)|npm|sudo apt-get|gh) /.test(line) || /[;]/.test(line),
        ),
    ),
  },
];

/** About shells (facts of bash 5.2 and of the runner). */
const scripts: readonly WorkflowCheck[] = [
  {
    id: "shell",
    why: "without shell: bash a pipe hides what failed",
    find: ({ name, workflow }) => (workflow.defaults?.run.shell === "bash" ? [] : [name]),
  },
  {
    id: "no-pipe",
    why: "the exit code of mam is the step's: a pipe, and a substitution, hide it",
    find: steps((placed) => /[^|]\|[^|]|\$\(|`|<\(/.test(run(placed))),
  },
  {
    id: "no-condition-at-the-end",
    why: "a script whose last line is a condition fails when all is well",
    find: steps((placed) => /&&|\|\|/.test(lastLine(run(placed)))),
  },
  {
    id: "no-exit-code-thrown-away",
    why: "a failure that is let pass is seen by nobody",
    find: steps(
      (placed) =>
        /\|\| ?(true|:)|set \+e/.test(run(placed)) ||
        (run(placed) !== "" && "continue-on-error" in placed.step),
    ),
  },
  {
    id: "no-folded-block",
    why: "a folded block with an empty or an indented line inside becomes two commands",
    find: ({ name, text }) =>
      [...text.matchAll(/^\s*(?:- )?run: >.*$/gm)].map(([line]) => `${name}: ${line.trim()}`),
  },
  {
    id: "no-output-of-lines",
    why: "each line of a text that is written so may define an output of its own",
    find: steps((placed) => /GITHUB_(OUTPUT|ENV)/.test(run(placed))),
  },
  {
    id: "quoted",
    why: "an empty or a foreign value is one argument",
    find: steps((placed) => /(?<!["\w])\$\{?\w/.test(run(placed))),
  },
];

/** Every check of our own. */
export const workflowChecks: readonly WorkflowCheck[] = [
  ...concurrency,
  ...rights,
  ...sources,
  ...scripts,
];

/** What is wrong with a workflow: `id: where`. */
export function findingsIn(file: WorkflowFile): string[] {
  return workflowChecks.flatMap(({ id, find }) => find(file).map((where) => `${id}: ${where}`));
}
