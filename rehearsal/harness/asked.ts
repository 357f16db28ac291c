import type { LoggedRequest } from "@mam-infra/cloud/request-log";

import type { RehearsalCloud } from "./rehearsal-cloud.ts";

/** Questions of Terraform that wait: how many there are depends on how long the platform takes. */
const waiting = [/^\/v2\/databases\/[^/]+$/, /^\/v2\/apps\/[^/]+\/deployments\/[^/]+$/];

const isWait = ({ method, path }: LoggedRequest) =>
  method === "GET" && waiting.some((pattern) => pattern.test(path));

/** Counts what is asked of DigitalOcean. Tokens are shared by everybody who works on a platform. */
export interface Asked {
  /** What speaks against a command having asked no more than a ceiling. */
  readonly atMost: (ceiling: number) => string[];
  /**
   * What speaks against every minute having room for what a command asked, however fast each request is answered: only what the
   * platform has to be waited for takes requests apart.
   */
  readonly inAMinute: (ceiling: number) => string[];
}

/** Counts from now on. */
export function askedFromNow({ requestLog }: Pick<RehearsalCloud, "requestLog">): Asked {
  const mark = requestLog.entries().length;
  const asked = () =>
    requestLog
      .entries()
      .slice(mark)
      .filter((entry) => entry.platform === "digitalocean" && !isWait(entry));
  return {
    atMost: (ceiling) => objection(asked().length, ceiling, "requests"),
    inAMinute: (ceiling) => objection(mostInAMinute(asked()), ceiling, "requests in a minute"),
  };
}

const objection = (count: number, ceiling: number, what: string) =>
  count <= ceiling ? [] : [`${count} ${what}, expected ${ceiling} at most`];

/** A cluster takes minutes to be made; nothing that needs it is asked for before. */
const minute = 60_000;

/** Requests before a cluster is asked for and requests after it is there are in no minute together. */
function mostInAMinute(asked: readonly LoggedRequest[]): number {
  const made = asked.find(({ method, path }) => method === "POST" && path === "/v2/databases");
  if (made === undefined) return asked.length;
  const begun = Date.parse(made.at);
  const times = asked.map(({ at }) => Date.parse(at));
  const until = times.filter((time) => time < begun + minute).length;
  const from = times.filter((time) => time >= begun).length;
  return Math.max(until, from);
}
