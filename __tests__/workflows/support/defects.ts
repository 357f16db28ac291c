/** A mistake that somebody could make in a workflow. */
export interface Defect {
  readonly what: string;
  /** The workflow that it is put into. */
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
  /** The check that finds it. */
  readonly check: string;
}

const inDeploy = (what: string, check: string, from: string | RegExp, to: string): Defect => ({
  what,
  check,
  file: "deploy.yml",
  from,
  to,
});
const inReview = (what: string, check: string, from: string | RegExp, to: string): Defect => ({
  what,
  check,
  file: "review.yml",
  from,
  to,
});

const deploys = "npx mam deploy staging --yes --rollback-on-failure --reviewed review/staging.json";
const plans = 'npx mam plan "$ENVIRONMENT" --review review\n        env';

/** Every defect is put into a copy of a real workflow, and has to be found by the check that is about it. */
export const defects: readonly Defect[] = [
  inDeploy(
    "two deployments at once",
    "one-at-a-time",
    /\n {4}concurrency:\n {6}group: deploy-staging\n.*/,
    "",
  ),
  inDeploy(
    "a deployment that the next one cancels",
    "never-cancelled",
    "group: deploy-staging\n      cancel-in-progress: false",
    "group: deploy-staging\n      cancel-in-progress: true",
  ),
  inDeploy(
    "two environments in one group",
    "group-of-an-environment",
    "group: deploy-production",
    "group: deploy-staging",
  ),
  inDeploy("no approval", "protected", "\n    environment: production\n", "\n"),
  inDeploy(
    "an environment that whoever starts it chooses",
    "protected",
    "environment: production",
    "environment: ${{ inputs.environment }}",
  ),
  inDeploy("any plan is deployed", "what-was-reviewed", " --reviewed review/staging.json", ""),
  inDeploy(
    "the plan of another environment is taken for the reviewed one",
    "review-of-this-environment",
    "--reviewed review/production.json",
    "--reviewed review/staging.json",
  ),
  inDeploy(
    "the review of another commit",
    "review-of-this-environment",
    'npx mam review fetch staging --commit "$GITHUB_SHA"',
    'npx mam review fetch staging --commit "$BRANCH"',
  ),
  inDeploy(
    "a saved plan goes from job to job",
    "planned-where-it-is-applied",
    "path: review",
    "path: cdktf.out",
  ),
  inDeploy("terraform by itself", "planned-where-it-is-applied", deploys, "terraform apply plan"),
  inDeploy("a pipe", "no-pipe", deploys, `${deploys} | tee deploy.log`),
  inDeploy(
    "a condition as last line",
    "no-condition-at-the-end",
    `- run: ${deploys}`,
    `- run: |\n          ${deploys}\n          [ "$DEBUG" = yes ] && npm run debug`,
  ),
  inDeploy("a failure that nobody sees", "no-exit-code-thrown-away", deploys, `${deploys} || true`),
  inDeploy(
    "a step that may fail",
    "no-exit-code-thrown-away",
    `- run: ${deploys}`,
    `- continue-on-error: true\n        run: ${deploys}`,
  ),
  inDeploy(
    "a folded block, of which an empty line makes two commands",
    "no-folded-block",
    `- run: ${deploys}`,
    "- run: >\n          npx mam deploy staging --yes\n\n          --reviewed review/staging.json",
  ),
  inDeploy(
    "an output of one line, which hides what failed",
    "no-output-of-lines",
    `- run: ${deploys}`,
    `- run: echo "plan=$(npx mam plan staging)" >> "$GITHUB_OUTPUT"`,
  ),
  inDeploy("a script in a workflow", "thin", deploys, `sleep 30; ${deploys}`),
  inDeploy("another shell", "shell", "shell: bash", "shell: sh"),
  inDeploy(
    "a secret for every step",
    "secrets-where-they-are-needed",
    "    environment: staging\n",
    "    environment: staging\n    env:\n      DIGITALOCEAN_TOKEN: ${{ secrets.DIGITALOCEAN_TOKEN }}\n",
  ),
  inDeploy(
    "a secret in the line of a command",
    "no-secret-in-a-script",
    deploys,
    `${deploys} --token \${{ secrets.DIGITALOCEAN_TOKEN }}`,
  ),
  inDeploy(
    "a token for identity",
    "no-token-for-identity",
    "actions: read",
    "id-token: write\n      actions: read",
  ),
  inReview(
    "a secret in the job of a fork",
    "no-secret-for-a-fork",
    "head.repo.full_name == github.repository",
    "head.repo.full_name != ''",
  ),
  inReview(
    "a fork's code with the repository's rights",
    "no-privileged-trigger",
    "  pull_request:",
    "  pull_request_target:",
  ),
  inReview(
    "a right to write beside credentials",
    "writes-apart-from-platforms",
    "    permissions:\n      contents: read\n",
    "    permissions:\n      contents: read\n      pull-requests: write\n",
  ),
  inReview(
    "rights that nothing needs",
    "rights-for-what-it-writes",
    "    permissions:\n      contents: read\n",
    "    permissions:\n      contents: write\n",
  ),
  inReview(
    "rights for all jobs",
    "no-permissions-by-default",
    "permissions: {}",
    "permissions: { contents: write }",
  ),
  inReview(
    "an action by its tag",
    "pinned",
    /actions\/checkout@[0-9a-f]{40} # v[\d.]+/,
    "actions/checkout@v7",
  ),
  inReview("an action whose version nobody can read", "pinned", / # v7\.0\.1/, ""),
  inReview(
    "the token of the checkout",
    "no-kept-credentials",
    "persist-credentials: false",
    "persist-credentials: true",
  ),
  inReview(
    "a value that may be two words",
    "quoted",
    plans,
    "npx mam plan $ENVIRONMENT --review review\n        env",
  ),
];
