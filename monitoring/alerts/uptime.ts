import type { AlertAnswer } from "./alert.ts";
import { looks } from "./looks.ts";

/** What is asked from outside, by the name of its check, and what users cannot do without it. */
const endpoints = [
  {
    name: "frontend",
    address: "https://<app host>/",
    what: "The web page",
    without: "Nobody can open the page, or log in.",
  },
  {
    name: "api",
    address: "https://<app host>/api/health",
    what: "The API",
    without: "The page opens and shows nothing: no lists, no uploads, no shares.",
  },
  {
    name: "media",
    address: "https://<media host>/health",
    what: "Playback",
    without: "Previews do not play and shared links are empty; all else works.",
  },
] as const;

interface Kind {
  readonly type: string;
  readonly title: (what: string) => string;
  readonly meaning: (without: string) => string;
  /** @param address what the check asks */
  readonly looks: (address: string) => AlertAnswer["looks"];
  readonly mends: string;
}

const ask = (address: string) => ({
  question: "Does it answer from here?",
  command: `curl -sv ${address}`,
});

const kinds: readonly Kind[] = [
  {
    type: "down",
    title: (what) => `${what} does not answer, seen from one place`,
    meaning: (without) =>
      `From that part of the world: ${without} From one place alone it may be the network.`,
    looks: (address) => [ask(address), looks.glance, looks.releases],
    mends:
      "If it began with a release: `mam rollback <environment>`. If it answers from here and from the other places, wait; the alert says when it is over.",
  },
  {
    type: "down_global",
    title: (what) => `${what} does not answer anywhere`,
    meaning: (without) => without,
    looks: (address) => [looks.glance, ask(address), looks.releases],
    mends:
      "If it began with a release: `mam rollback <environment>`. If a database is down, DigitalOcean brings it back: https://status.digitalocean.com. If a certificate or a record is wrong, `mam verify <environment>` names it.",
  },
  {
    type: "latency",
    title: (what) => `${what} answers slowly`,
    meaning: () => "Users wait. Uploads and playback that have begun go on.",
    looks: () => [looks.glance, looks.clusters, looks.releases],
    mends:
      "The dashboard shows whether CPU, instances or PostgreSQL are short: more instances or a larger size in the environment's file, and `mam deploy`.",
  },
  {
    type: "ssl_expiry",
    title: (what) => `${what}: its certificate ends soon`,
    meaning: (without) =>
      `Nothing yet. When the certificate ends browsers refuse the host: ${without}`,
    looks: () => [looks.released, looks.before, looks.glance],
    mends:
      "App Platform renews by itself, and could not: let the host's CNAME lead to the app, and CAA records allow letsencrypt.org and pki.goog. `mam verify <environment>` says which is wrong.",
  },
];

/** Alerts of the checks from outside, by the name of the check and the alert's type. */
export const uptimeAnswers: readonly AlertAnswer[] = endpoints.flatMap(
  ({ name, address, what, without }) =>
    kinds.map((kind) => ({
      source: "uptime" as const,
      key: `${name} ${kind.type}`,
      title: kind.title(what),
      meaning: kind.meaning(without),
      looks: kind.looks(address),
      mends: kind.mends,
    })),
);
