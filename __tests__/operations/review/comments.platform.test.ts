import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { format, resolveConfig } from "prettier";

import { staging } from "../../../environments/staging.ts";
import type { Session } from "../../../operations/context/session.ts";
import { planEnvironment } from "../../../operations/review/plan.ts";
import { sealEnvironment } from "../../../operations/secrets/sealing.ts";
import { silent } from "../../support/deploying.ts";
import { changed, checked } from "../../support/environments.ts";
import { type TestPlatform, openDeployedPlatform } from "../../support/platform.ts";

// docs/review-comments.md is what these plans come to. MAM_WRITE_PAGES=1 writes it anew.

const page = join(import.meta.dirname, "../../../docs/review-comments.md");
const options = { all: false, markdown: true, detailedExitcode: false, override: [] };

let platform: TestPlatform;

beforeAll(async () => {
  platform = await openDeployedPlatform("staging");
  await sealEnvironment(platform.session(), silent);
}, 60_000);
afterAll(() => platform.end());

type Change = Parameters<typeof changed>[0];

const configured = (change: Change) => (session: Session) => ({
  ...session.environment,
  config: checked(changed(change, staging)),
});
const digest = `sha256:${"4f1c".repeat(16)}`;

/** Four pull requests. */
const pulls = [
  {
    title: "A new image of the API",
    diff: `-    "api": "sha256:e6c628bccb70…",\n+    "api": "${digest.slice(0, 19)}…",`,
    environment: ({ environment }: Session) => ({
      ...environment,
      release: { images: { ...environment.release.images, api: digest } },
    }),
  },
  {
    title: "A variable",
    diff: '-  logs: { level: "debug", destination: { kind: "better-stack" } },\n+  logs: { level: "info", destination: { kind: "better-stack" } },',
    environment: configured(({ logs }) => {
      logs.level = "info";
    }),
  },
  {
    title: "Larger databases",
    diff: '-    size: "db-s-1vcpu-2gb",\n+    size: "db-s-2vcpu-4gb",\n…\n-  cache: { size: "db-s-1vcpu-1gb", nodes: 1 },\n+  cache: { size: "db-s-1vcpu-2gb", nodes: 1 },',
    environment: configured(({ database, cache }) => {
      database.size = "db-s-2vcpu-4gb";
      cache.size = "db-s-1vcpu-2gb";
    }),
  },
  {
    title: "Something that destroys",
    diff: '-  network: { region: "nyc", vpcCidr: "10.121.0.0/20" },\n+  network: { region: "nyc", vpcCidr: "10.122.0.0/20" },',
    environment: configured(({ network }) => {
      network.vpcCidr = "10.122.0.0/20";
    }),
  },
] as const;

const quoted = (markdown: string) =>
  markdown
    .trimEnd()
    .replaceAll(/^#(?=#)/gm, "###")
    .split("\n")
    .map((line) => (line === "" ? ">" : `> ${line}`))
    .join("\n");

test("the page shows the comments that four pull requests get", async () => {
  const sections: string[] = [];
  for (const { title, diff, environment } of pulls) {
    const session = platform.session();
    const changedSession = { ...session, environment: environment(session) };
    const { text } = await planEnvironment(changedSession, options, silent);
    sections.push(`## ${title}`, `\`\`\`diff\n${diff}\n\`\`\``, quoted(text));
  }
  const text = [
    "# Comments of reviews",
    "<!-- Written by MAM_WRITE_PAGES=1 npm run test:platform -- __tests__/operations/review/comments: change the source, not this page. -->",
    "What four pull requests are told about staging, from plans of real Terraform in the rehearsal. How such a comment comes into a pull request: [CI](ci.md).",
    ...sections,
    "",
  ].join("\n\n");
  const made = await format(text, { ...(await resolveConfig(page)), parser: "markdown" });
  if (process.env.MAM_WRITE_PAGES === "1") writeFileSync(page, made);

  expect(made).toBe(readFileSync(page, "utf8"));
}, 120_000);
