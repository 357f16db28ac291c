import type { FidelityRow } from "../fidelity.ts";

const platform = "hcp";
const tests = "packages/cloud/__tests__/hcp";
const api =
  'curl -H "Authorization: Bearer $TF_TOKEN_app_terraform_io" -H "Content-Type: application/vnd.api+json" https://app.terraform.io/api/v2';
const pages = "developer.hashicorp.com/terraform/cloud-docs/api-docs";

/** Nobody of this project has called the service: what stands here was read, or measured with its client. */
const client = {
  date: "2026-11-29",
  how: "measured with Terraform 1.11.4 on loopback, and read in its source and go-tfe 1.74.1: what the client sends and takes, not what the service answers",
} as const;

/** What is assumed about HCP Terraform, as the place of states and as what runs Terraform: published and read, never seen. */
export const hcpFidelity: readonly FidelityRow[] = [
  {
    platform,
    behaviour:
      "In local execution Terraform asks for 18 calls and no more; a plan of nothing is nine requests, and writes no version.",
    source: "measured with Terraform 1.11.4",
    lastVerified: client,
    probe: "TF_LOG=debug terraform plan 2>&1 | grep -c 'HTTP Request'",
    test: `${tests}/local-execution.test.ts`,
  },
  {
    platform,
    behaviour:
      "A workspace that Terraform makes has the execution mode of the organisation, remote in a new one; its version is then set to Terraform's own.",
    source: `${pages}/workspaces, and internal/cloud/backend.go of Terraform 1.11.4`,
    lastVerified: "never",
    probe: `${api}/organizations/$ORGANIZATION/workspaces/$NAME # after terraform init with a new name`,
    test: `${tests}/local-execution.test.ts`,
  },
  {
    platform,
    behaviour:
      "A lock is refused with 409 whoever asks, its holder too; who holds it stands in the workspace's locked-by, which Terraform does not read.",
    source: `${pages}/workspaces, lock a workspace; internal/cloud/state.go of Terraform 1.11.4`,
    lastVerified: client,
    probe: `${api}/organizations/$ORGANIZATION/workspaces/$NAME?include=locked_by`,
    test: `${tests}/local-execution.test.ts`,
  },
  {
    platform,
    behaviour:
      "Only its holder unlocks a workspace; anybody else needs force-unlock, which does not free one that a run holds.",
    source: `${pages}/workspaces; the words of the refusal are those that go-tfe 1.74.1 looks for`,
    lastVerified: "never",
    probe: `${api}/workspaces/$ID/actions/unlock -X POST # with another user's token`,
    test: `${tests}/state-versions.test.ts`,
  },
  {
    platform,
    behaviour: "A state is only taken from whoever holds the lock.",
    source: `${pages}/state-versions: "must be locked by the user creating a state version"; 409 is assumed`,
    lastVerified: "never",
    probe: `${api}/workspaces/$ID/state-versions -X POST -d @version.json # without a lock`,
    test: `${tests}/state-versions.test.ts`,
  },
  {
    platform,
    behaviour:
      "A state has to have the lineage of the one that stands and a higher serial, unless it is forced.",
    source: "assumed: the page names `force` and says no more",
    lastVerified: "never",
    probe: `${api}/workspaces/$ID/state-versions -X POST -d @older.json`,
    test: `${tests}/state-versions.test.ts`,
  },
  {
    platform,
    behaviour:
      "A version without content is pending, does not count, and keeps the workspace from being unlocked; a newer one discards it.",
    source: `${pages}/state-versions, status; 409 for the unlock is assumed`,
    lastVerified: "never",
    probe: `${api}/state-versions/$ID`,
    test: `${tests}/state-versions.test.ts`,
  },
  {
    platform,
    behaviour:
      "Content goes to an address that needs no token, and its MD5 has to be the announced one.",
    source: "go-tfe 1.74.1 sends no token there; the check of the MD5 is assumed",
    lastVerified: "never",
    probe: "curl -X PUT --data-binary @state $HOSTED_STATE_UPLOAD_URL",
    test: `${tests}/state-versions.test.ts`,
  },
  {
    platform,
    behaviour: "Every version of a state is kept and can be listed and read.",
    source: `${pages}/state-versions; how long is not published for the free plan`,
    lastVerified: "never",
    probe: `${api}/state-versions?filter[workspace][name]=$NAME&filter[organization][name]=$ORGANIZATION`,
    test: `${tests}/state-versions.test.ts`,
  },
  {
    platform,
    behaviour:
      "Listed outputs have no value where they are sensitive; one asked for alone has it; a cross-stack read downloads the whole state.",
    source: `${pages}/state-version-outputs; internal/backend/remote of Terraform 1.11.4`,
    lastVerified: client,
    probe: `${api}/workspaces/$ID/current-state-version-outputs`,
    test: `${tests}/state-versions.test.ts`,
  },
  {
    platform,
    behaviour:
      "The runs of a workspace that have not ended are listed by their status group, non_final, those with a saved plan among them.",
    source: `${pages}/run, list runs in a workspace; that a saved plan has not ended is assumed`,
    lastVerified: "never",
    probe: `${api}/workspaces/$ID/runs?filter[status_group]=non_final`,
    test: `${tests}/runs.test.ts`,
  },
  {
    platform,
    behaviour:
      "In remote execution Terraform uploads its directory, asks for a run and prints what the run printed; cost estimates and policy checks are not played.",
    source: "measured with Terraform 1.11.4; internal/cloud/backend_plan.go and backend_apply.go",
    lastVerified: client,
    probe: "TF_LOG=debug terraform plan 2>&1 | grep 'HTTP Request' # in a remote workspace",
    test: `${tests}/remote-execution.test.ts`,
  },
  {
    platform,
    behaviour:
      "Runs of a workspace go one after another, and one that waits for approval holds up all later ones; plans alone, and plans that are saved, hold up nobody.",
    source: `${pages}/run, plan-only and save-plan`,
    lastVerified: "never",
    probe: `${api}/workspaces/$ID/runs # after terraform apply -input=false, which leaves a run`,
    test: `${tests}/remote-execution.test.ts`,
  },
  {
    platform,
    behaviour: "One run of an organisation works at a time; others wait in its queue.",
    source: "developer.hashicorp.com/terraform/cloud-docs/overview, the free plan",
    lastVerified: "never",
    probe: `${api}/organizations/$ORGANIZATION/capacity`,
    test: `${tests}/run-queue.test.ts`,
  },
  {
    platform,
    behaviour:
      "Variables that came with a run are told to whoever may read it; the value of a sensitive variable of a workspace is told to nobody but its runs.",
    source: `${pages}/run and ${pages}/workspace-variables`,
    lastVerified: "never",
    probe: `${api}/runs/$ID # attributes.variables`,
    test: `${tests}/remote-execution.test.ts`,
  },
  {
    platform,
    behaviour:
      "The Terraform of a run reads the states of workspaces that share theirs with its own, and no others.",
    source: `${pages}/workspaces, remote state consumers; that a run has a token of its own is published, 404 is assumed`,
    lastVerified: "never",
    probe: `${api}/workspaces/$ID/relationships/remote-state-consumers`,
    test: `${tests}/remote-execution.test.ts`,
  },
  {
    platform,
    behaviour:
      "A saved plan is discarded once another run of its workspace was applied, and a run that works is cancelled as by Ctrl-C, its state kept.",
    source: `${pages}/run, run states; when a saved plan is discarded is assumed`,
    lastVerified: "never",
    probe: "terraform plan -out=a; terraform plan -out=b; terraform apply a; terraform apply b",
    test: `${tests}/remote-execution.test.ts`,
  },
  {
    platform,
    behaviour:
      "A commit begins a run in each connected workspace whose working directory it changes, once a run was begun in another way or where all runs are queued; who may connect, tags, patterns and pull requests are not played.",
    source:
      "cloud-docs/workspaces/settings/vcs and queue-all-runs of the workspaces API; no repository was ever connected",
    lastVerified: "never",
    probe: `${api}/workspaces/$ID/runs # after a push to the branch`,
    test: `${tests}/connected.test.ts`,
  },
  {
    platform,
    behaviour:
      "A connected workspace is planned from a command line, and neither applied nor given a saved plan: Terraform refuses both by itself.",
    source: "measured with Terraform 1.11.4; internal/cloud/backend_apply.go and backend_plan.go",
    lastVerified: client,
    probe: "terraform apply # in a connected workspace",
    test: `${tests}/connected.test.ts`,
  },
  {
    platform,
    behaviour:
      "An apply in a source workspace begins a run of the newest configuration in each workspace that has a trigger for it, and that run waits for approval.",
    source: `${pages}/run-triggers; which configuration is taken is assumed`,
    lastVerified: "never",
    probe: `${api}/workspaces/$ID/run-triggers?filter[run-trigger][type]=inbound`,
    test: `${tests}/connected.test.ts`,
  },
  {
    platform,
    behaviour: "Tokens have every right here; there the team of a token decides.",
    source: "assumed: permissions are not played",
    lastVerified: "never",
    probe: `${api}/organizations/$ORGANIZATION/workspaces/$NAME # permissions`,
    test: `${tests}/state-versions.test.ts`,
  },
];
