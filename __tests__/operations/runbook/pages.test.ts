import { Command } from "commander";
import fc from "fast-check";

import { environmentContract } from "../../../constructs/app/contract.ts";
import { isSecret } from "../../../constructs/app/contract/variable.ts";
import { production } from "../../../environments/production.ts";
import {
  type EnvironmentConfig,
  environmentSchema,
} from "../../../environments/schema/environment.ts";
import { staging } from "../../../environments/staging.ts";
import { alertAnswers } from "../../../monitoring/alerts/answers.ts";
import { commands } from "../../../operations/commands/commands.ts";
import { credentials } from "../../../operations/context/credentials.ts";
import { anchorOf } from "../../../operations/runbook/model.ts";
import { runbookPages } from "../../../operations/runbook/pages.ts";
import { runbookOf } from "../../../operations/runbook/sections.ts";
import { arbitraryEnvironment } from "../../support/arbitrary-environment.ts";
import { changed, checked } from "../../support/environments.ts";
import { withGpu } from "../../support/gpu.ts";

/** Environments as people write them, and many that nobody would. */
const configs = [
  checked(production),
  checked(staging),
  ...fc
    .sample(arbitraryEnvironment, { seed: 7, numRuns: 12 })
    .map((environment) => environmentSchema.parse(environment)),
];

const rendered = configs.map(pagesOf);

function pagesOf(config: EnvironmentConfig) {
  const [markdown, html] = runbookPages(config);
  return { markdown: markdown!.content, html: html!.content };
}

const of = (change: Parameters<typeof changed>[0], input = production) =>
  pagesOf(checked(changed(change, input)));

const all = (text: string, pattern: RegExp) =>
  [...text.matchAll(pattern)].map(([, found]) => found!);

/** Lines of Markdown that are no code. */
const prose = (markdown: string) => markdown.replaceAll(/^```[\s\S]*?^```$/gm, "");

test("every link within a page leads to one heading of it, in Markdown and in HTML", () => {
  for (const { markdown, html } of rendered) {
    const headings = all(prose(markdown), /^#{1,3} (.+)$/gm).map(anchorOf);
    const ids = all(html, / id="([^"]+)"/g);

    expect(
      all(prose(markdown), /\]\(#([^)]+)\)/g).filter((one) => !headings.includes(one)),
    ).toEqual([]);
    expect(all(html, / href="#([^"]+)"/g).filter((one) => !ids.includes(one))).toEqual([]);
    expect(headings.filter((one, index) => headings.indexOf(one) !== index)).toEqual([]);
    expect(ids.filter((one, index) => ids.indexOf(one) !== index)).toEqual([]);
  }
});

test("the HTML page needs nothing else: no script, no style, font or picture from elsewhere", () => {
  for (const { html } of rendered) {
    expect(html).not.toMatch(
      /<(?:script|link|img|iframe|object|base)\b|\ssrc=|@import|url\((?!#tip\))/,
    );
    expect(html).not.toMatch(/\son\w+="/);
    expect(html).toContain("default-src 'none'");
  }
});

test("tags of the HTML page close in their order", () => {
  const empty = ["meta", "rect", "path"];
  for (const { html } of rendered) {
    const open: string[] = [];
    for (const [, closing, name, closed] of html.matchAll(
      /<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*?)?(\/?)>/g,
    )) {
      if (closing) expect(open.pop()).toBe(name);
      else if (!closed && !empty.includes(name!)) open.push(name!);
    }
    expect(open).toEqual([]);
  }
});

/** What an administrator asked and found no answer to, and words that an answer has. */
const questions: readonly (readonly [goal: string, words: readonly RegExp[]])[] = [
  ["know what it costs", [/\$[\d.,]+/, /mam cost production/]],
  ["restore the database", [/point-in-time recovery|moment of the last 7 days/]],
  ["bring a master back", [/northlight-mam-production-masters/, /version/]],
  ["get a console in a component", [/console/]],
  ["get psql into the database", [/psql/, /read-only/]],
  ["replace the DigitalOcean token", [/DIGITALOCEAN_TOKEN/, /Delete the old one/]],
  ["replace the Spaces key of the states", [/AWS_SECRET_ACCESS_KEY/, /Delete the old key/]],
  ["replace the Wasabi administration key", [/TF_VAR_wasabi_secret_key/, /Deactivate the old key/]],
  ["replace the token of the log service", [/TF_VAR_better_stack_token/, /delete the old one/]],
  ["answer an alert", [/on-call@northlight\.example/, /Mends it/]],
  ["take over what was made by hand", [/[Ww]ho made it/, /mam (?:adopt|state import) production/]],
];

test.each(questions)("production says how to %s", (goal, words) => {
  const { markdown } = pagesOf(checked(production));
  const [, anchor] = new RegExp(`^- \\[${goal}\\]\\(#([^)]+)\\)$`, "m").exec(markdown) ?? [];
  const parts = markdown.split(/^(?=#{2,3} )/m);
  const first = parts.findIndex(
    (part) => anchorOf(part.split("\n")[0]!.replace(/^#+ /, "")) === anchor,
  );
  const isSection = parts[first]!.startsWith("## ");
  const next = parts.findIndex(
    (part, index) => index > first && (!isSection || part.startsWith("## ")),
  );
  const answer = parts.slice(first, next).join("");

  expect(first).toBeGreaterThan(0);
  for (const word of words) expect(answer).toMatch(word);
});

test("every variable, every secret, every alert and every token of a platform stands in it", () => {
  const { markdown } = pagesOf(checked(production));
  const secrets = markdown.slice(markdown.indexOf("## Secrets"), markdown.indexOf("## Scaling"));

  for (const { name, meaning } of environmentContract) {
    expect(markdown).toContain(`\`${name}\``);
    expect(markdown).toContain(meaning.replaceAll("|", "\\|"));
  }
  for (const { name } of environmentContract.filter(isSecret))
    expect(secrets).toContain(`\`${name}\``);
  // This environment has no machine with a card.
  const answers = alertAnswers.filter(({ source }) => source !== "droplet");
  for (const { title } of answers) expect(markdown).toContain(`### ${title}`);
  for (const { variable } of Object.values({
    ...credentials,
    hcpToken: credentials.spacesSecretKey,
  }))
    expect(secrets).toContain(`\`${variable}\``);
});

test("where the states lie in HCP Terraform its token stands there, and no key of a bucket", () => {
  const { markdown } = of((draft) => {
    draft.state.backend = { kind: "hcp", organization: "northlight", project: "mam" };
  });

  expect(markdown).toContain("### Replace the HCP Terraform token");
  expect(markdown).toContain(`\`${credentials.hcpToken.variable}\``);
  expect(markdown).not.toContain(credentials.spacesAccessKey.where);
});

test("a name of this environment stands wherever an answer speaks of one", () => {
  const { markdown } = pagesOf(checked(production));

  expect(markdown).not.toMatch(/<environment>|<app host>|<media host>/);
  expect(markdown).not.toContain("staging.northlight.example");
});

test("every command of mam that is named exists", () => {
  for (const { markdown } of rendered) {
    const named = all(markdown, /(?:`|npx )mam ([a-z]+)\b(?!:)/g);

    expect([...new Set(named)].filter((word) => !Object.hasOwn(commands, word))).toEqual([]);
  }
});

const program = new Command("mam").exitOverride();
for (const load of Object.values(commands)) (await load())(program);
const everyCommand = (of: Command): Command[] => [of, ...of.commands.flatMap(everyCommand)];
for (const one of everyCommand(program)) {
  one.exitOverride().configureOutput({ writeErr: () => undefined });
  if (one.commands.length === 0) one.action(() => undefined);
}

/** Words of a line as a shell has them, without its comment and what it goes on to. */
const wordsOf = (line: string) =>
  [...line.replace(/ (?:#|&&|>|;).*$/, "").matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain!,
  );

test("every line of mam that a block shows has the options and arguments that its command asks for", async () => {
  for (const { markdown } of rendered) {
    const lines = all(markdown, /^(?:\S+=\S+ )*npx (mam .+)$/gm);
    expect(lines.length).toBeGreaterThan(20);
    for (const line of lines) {
      await expect(
        program.parseAsync(wordsOf(line).slice(1), { from: "user" }).then(() => line, String),
      ).resolves.toBe(line);
    }
  }
});

test("an environment that tells nobody says why, and lists no alert", () => {
  const { markdown } = of((draft) => {
    draft.alerting = { mutedReason: "Accepted until the first customers are there." };
  }, staging);

  expect(markdown).toContain("sends no alerts. Why: Accepted until the first customers are there.");
  expect(markdown).not.toContain("**Mends it:**");
});

test("a text of the environment is never markup of the HTML page", () => {
  const reason = 'Accepted: <script>alert("1")</script> & <b>more</b> of it.';
  const { html } = of((draft) => {
    draft.logs = { destination: { kind: "none", noneReason: reason } };
  }, staging);

  expect(html).toContain(
    "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &lt;b&gt;more&lt;/b&gt;",
  );
});

test("the HTML page leads to where the documentation is read, where the environment says it", () => {
  const { html, markdown } = of((draft) => {
    draft.monitoring = { insights: { docsUrl: "https://git.northlight.example/docs/" } };
  });

  expect(html).toContain('href="https://git.northlight.example/docs/rollback.md"');
  expect(html).not.toMatch(/href="[\w-]+\.md/);
  expect(markdown).toContain("](rollback.md)");
});

test("the queries are those of the environment's log service, with its own index", () => {
  const { markdown } = of((draft) => {
    draft.logs = {
      destination: {
        kind: "opensearch",
        endpoint: "https://logs.northlight.example:25060",
        index: "mam-live",
        user: "mam-logs",
      },
    };
  });

  expect(markdown).toContain("POST mam-live/_search");
  expect(markdown).toContain("[OpenSearch](https://logs.northlight.example:25060)");
  expect(markdown).not.toContain("Better Stack");
});

test("the picture has a box for each component, cluster and bucket, and every arrow ends at one", () => {
  const section = runbookOf(checked(production)).sections.find(
    ({ title }) => title === "What it is made of",
  );
  const picture = section!.blocks.flatMap((block) =>
    block.kind === "picture" ? [block.picture] : [],
  )[0]!;
  const ids = picture.boxes.map(({ id }) => id);

  expect(ids).toEqual(
    expect.arrayContaining(["api", "edge", "frontend", "worker", "postgres", "valkey", "masters"]),
  );
  expect(
    picture.arrows.flatMap(({ from, to }) => [from, to]).filter((id) => !ids.includes(id)),
  ).toEqual([]);
});

test("images without service levels have no row of them, and the page says why", () => {
  const disabledReason = "Accepted until our own images have service levels.";
  const { markdown } = of((draft) => {
    draft.monitoring = { objectives: { enabled: false, disabledReason } };
  });

  expect(markdown).toContain(disabledReason);
  expect(markdown).not.toMatch(/service-levels|SERVICE_LEVEL|INTERNAL_PORT/);
  expect(of(() => undefined).markdown).toMatch(/service-levels-api[^]*SERVICE_LEVEL_P95_MS/);
});

test("machines with a card have a section with what is done with one, their price and why, and their alerts", () => {
  const { markdown } = of(() => undefined, withGpu());

  expect(markdown).toContain("## Machines with a card");
  expect(markdown).toContain("for about $1110 a month");
  expect(markdown).toContain("Films of the archive are converted until the end of the year.");
  for (const done of ["Drain one", "Replace one", "A broken card", "Back to none"]) {
    expect(markdown).toContain(`**${done}`);
  }
  expect(markdown).toContain("### The disk of a GPU machine fills");
  expect(of(() => undefined).markdown).not.toMatch(/gpu|with a card/i);
});
