import type { LedgerEntry } from "../ledger/entry.ts";

/** What is told of a deployment that came to its end. It holds no secret: the ledger keeps the same. */
export interface DeploymentNotice {
  readonly event: "mam.deployment.ended";
  readonly environment: string;
  /** Id of the release in the ledger. */
  readonly release: string;
  readonly kind: LedgerEntry["kind"];
  readonly result: LedgerEntry["result"];
  /** Why it did not succeed. */
  readonly reason?: string;
  readonly who: string;
  readonly commit?: string;
  readonly begun: string;
  readonly ended: string;
  readonly images: LedgerEntry["images"];
  readonly errors: number;
  readonly warnings: number;
  /** The job that deployed, or the platform itself. */
  readonly link: string;
}

/** What is told of an entry of the ledger. */
export function noticeOf(environment: string, entry: LedgerEntry, link: string): DeploymentNotice {
  const { id, kind, result, reason, who, commit, begun, ended = begun, images, findings } = entry;
  const count = (wanted: string) => findings.filter(({ severity }) => severity === wanted).length;
  return {
    event: "mam.deployment.ended",
    environment,
    release: id,
    kind,
    result,
    ...(reason === undefined ? {} : { reason }),
    who,
    ...(commit === undefined ? {} : { commit }),
    begun,
    ended,
    images,
    errors: count("error"),
    warnings: count("warning"),
    link,
  };
}

/** The same in one or two lines, for people. */
export function noticeText(notice: DeploymentNotice): string {
  const { environment, kind, release, result, reason, who, begun, ended, link } = notice;
  const seconds = Math.round((Date.parse(ended) - Date.parse(begun)) / 1000);
  const findings = [
    [notice.errors, "errors"],
    [notice.warnings, "warnings"],
  ]
    .filter(([count]) => count !== 0)
    .map((part) => part.join(" "));
  const first = `${environment}: ${kind} ${release} by ${who} ${result} after ${seconds} s`;
  return [[first, ...findings].join(", "), ...(reason === undefined ? [] : [reason]), link].join(
    "\n",
  );
}

/** The same as an incoming webhook of Slack takes it: three characters mean something to Slack. */
export function slackBody(notice: DeploymentNotice): { readonly text: string } {
  const text = noticeText(notice)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
  return { text };
}

/** Where a CI service shows a job, by the variables that it sets. */
export function jobLink(
  variables: Readonly<Record<string, string | undefined>>,
): string | undefined {
  const {
    GITHUB_SERVER_URL: server,
    GITHUB_REPOSITORY: repository,
    GITHUB_RUN_ID: run,
  } = variables;
  if (server && repository && run) return `${server}/${repository}/actions/runs/${run}`;
  return variables.CI_JOB_URL ?? variables.BUILDKITE_BUILD_URL;
}
