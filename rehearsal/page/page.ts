import { publicEndpoints } from "../../constructs/monitoring/public-endpoints.ts";
import type { RehearsalCloud } from "../harness/rehearsal-cloud.ts";
import { appsSection, deploymentsSection, imagesSection } from "./apps.ts";
import { bucketsSection, databasesSection, dnsSection } from "./data.ts";
import { type Html, html, section } from "./html.ts";

/** Requests that the page shows. */
const newest = 20;

/** Seconds after which a browser asks again. */
const refreshSeconds = 5;

const style = html`
  :root { color-scheme: light dark; --line: #8884; --soft: #8882; --good: #18794e; --bad: #cd2b31;
  --busy: #946800; } @media (prefers-color-scheme: dark) { :root { --good: #4cc38a; --bad: #ff6369;
  --busy: #f1a10d; } } body { font: 15px/1.5 system-ui, sans-serif; max-width: 76rem; margin: 2rem
  auto; padding: 0 1rem; } h1 { font-size: 1.5rem; margin: 0; } h2 { font-size: 1.1rem; margin: 2rem
  0 .5rem; } p { margin: .25rem 0; } .none, .lead { opacity: .75; } .scroll { overflow-x: auto;
  border: 1px solid var(--line); border-radius: 6px; } table { border-collapse: collapse; width:
  100%; font-variant-numeric: tabular-nums; } th, td { text-align: left; vertical-align: top;
  padding: .35rem .75rem; border-top: 1px solid var(--line); overflow-wrap: break-word; } th {
  border-top: 0; background: var(--soft); white-space: nowrap; } .good { color: var(--good); } .bad
  { color: var(--bad); } .busy { color: var(--busy); }
`;

/**
 * What stands in a rehearsal cloud, as a page: no secret, no script, light or dark as the reader's system is.
 *
 * @param dashboard address of the page that shows how the environment is, where it is served.
 */
export function cloudPage(cloud: RehearsalCloud, dashboard?: string): string {
  const { store } = cloud.digitalOcean;
  const { text } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <meta http-equiv="refresh" content="${refreshSeconds}" />
        <title>Rehearsal cloud</title>
        <style>
          ${style}
        </style>
      </head>
      <body>
        <h1>Rehearsal cloud</h1>
        <p class="lead">
          It plays DigitalOcean, Wasabi and Spaces on this machine. It is
          ${cloud.clock.now().toISOString()} there.
        </p>
        ${dashboard === undefined ? "" : html`<p><a href="${dashboard}">How it is: mam dashboard ${cloud.environment.config.name} open</a></p>`}
        ${environmentsSection(cloud)} ${appsSection(store)} ${deploymentsSection(store)}
        ${databasesSection(store)} ${bucketsSection("Buckets on Wasabi", cloud.wasabi.store)}
        ${bucketsSection("Buckets in Spaces", cloud.spaces.store)} ${dnsSection(store)}
        ${imagesSection(store)} ${requestsSection(cloud)}
      </body>
    </html>`;
  return text;
}

function environmentsSection({ environments }: RehearsalCloud): Html {
  const rows = environments.map(({ config }) => [
    config.name,
    config.tier,
    ...Object.values(publicEndpoints(config)),
  ]);
  return section("Environments", ["Name", "Tier", "Frontend", "API", "Edge"], rows, "None.");
}

function requestsSection({ requestLog }: RehearsalCloud): Html {
  const rows = requestLog
    .entries()
    .slice(-newest)
    .reverse()
    .map(({ at, platform, caller, method, path, status }) => [
      at,
      platform,
      caller,
      `${method} ${path}`,
      status,
    ]);
  const columns = ["At", "Platform", "By", "Request", "Status"];
  return section("Newest requests", columns, rows, "Nobody has asked for anything yet.");
}
