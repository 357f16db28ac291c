import type { RehearsalCloud } from "./rehearsal-cloud.ts";

/** Questions of Terraform that wait: how many there are depends on how long the platform takes. */
const waiting = [/^\/v2\/databases\/[^/]+$/, /^\/v2\/apps\/[^/]+\/deployments\/[^/]+$/];

/**
 * Counts what is asked of DigitalOcean from now on, as a statement: tokens are shared by everybody who works on a platform, and
 * may make 250 requests in a minute.
 *
 * @returns what speaks against a command having asked no more than a ceiling.
 */
export function askedFromNow({ requestLog }: RehearsalCloud): (ceiling: number) => string[] {
  const mark = requestLog.entries().length;
  return (ceiling) => {
    const asked = requestLog
      .entries()
      .slice(mark)
      .filter(({ platform, method, path }) => {
        const isWait = method === "GET" && waiting.some((pattern) => pattern.test(path));
        return platform === "digitalocean" && !isWait;
      });
    return asked.length <= ceiling ? [] : [`${asked.length} requests, expected ${ceiling} at most`];
  };
}
