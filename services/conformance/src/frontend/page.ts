import { type Statement, statementsOf } from "../statement.ts";
import { type Answer, headerOf, unless } from "../tools/ask.ts";
import { now } from "../tools/links.ts";
import { secretsOf } from "../tools/secrets.ts";
import type { World } from "../world.ts";
import { healthOf } from "../processes/health.ts";

/** The page's document, and every file of its own host that it names. */
async function readPage(world: World) {
  return world.once("page", async () => {
    const document = await world.ask("frontend", "/", { headers: { accept: "text/html" } });
    const text = document.body.toString();
    const paths = [...text.matchAll(/(?:src|href)="(\/[^"/][^"]*)"/g)].map(([, path = ""]) => path);
    const files = await Promise.all(paths.map((path) => world.ask("frontend", path)));
    return { document, text, files, paths };
  });
}

async function configuration(world: World) {
  const { document, text, files } = await readPage(world);
  const base = world.variable("NEXT_PUBLIC_EDGE_BASE");
  const isNamed = [text, ...files.map(({ body }) => body.toString())].some((one) =>
    one.includes(base),
  );
  return [
    unless(200, document, "/"),
    !isNamed && `neither the page nor a file of it names NEXT_PUBLIC_EDGE_BASE, ${base}`,
  ];
}

const sourcesOf = (policy: string, name: string): readonly string[] => {
  const directives = policy.split(";").map((one) => one.trim().split(/\s+/));
  const [, ...sources] =
    directives.find(([directive]) => directive === name) ??
    directives.find(([directive]) => directive === "default-src") ??
    [];
  return sources;
};

async function policy(world: World) {
  const { document } = await readPage(world);
  const answered = headerOf(document, "content-security-policy");
  const [media, storage, own] = [
    "NEXT_PUBLIC_EDGE_BASE",
    "WASABI_ENDPOINT",
    "NEXT_PUBLIC_API_BASE",
  ].map((name) => new URL(world.variable(name)).origin);
  const sources = sourcesOf(answered, "connect-src");
  const foreign = sources.filter(
    (one) => one.includes(":") && ![media, storage, own].includes(one.replace(/\/$/, "")),
  );
  return [
    answered === "" && "the page has no Content-Security-Policy",
    ...[media, storage].map(
      (origin) => !sources.includes(origin ?? "") && `connect-src lacks ${origin}`,
    ),
    sources.includes("*") && "connect-src allows every host",
    foreign.length > 0 && `connect-src allows ${foreign.join(" ")}`,
    sourcesOf(answered, "script-src").some((one) => /unsafe-|^\*$/.test(one)) &&
      "script-src allows scripts of others",
  ];
}

async function secrets(world: World) {
  const { document, text, files } = await readPage(world);
  const headers = JSON.stringify(document.headers);
  const all = [headers, text, ...files.map(({ body }) => body.toString())].join("\n");
  return secretsOf(world.target)
    .filter(([, value]) => all.includes(value))
    .map(([name]) => `the page holds ${name}`);
}

const isPage = ({ headers, body }: Answer) =>
  (headers["content-type"] ?? "").startsWith("text/html") && body.includes("<script");

async function shared(world: World) {
  const path = `/s/${now() + 600}/A/${"0".repeat(64)}/${world.run}`;
  const answer = await world.ask("frontend", path, { headers: { accept: "text/html" } });
  const referrer = headerOf(answer, "referrer-policy");
  return [
    unless(200, answer, "/s/… without a cookie"),
    !isPage(answer) && "/s/… is no page",
    !["no-referrer", "same-origin", "origin", "strict-origin"].includes(referrer) &&
      `Referrer-Policy: expected no-referrer, answered "${referrer}"`,
  ];
}

async function sniffing(world: World) {
  const { document, files, paths } = await readPage(world);
  return [document, ...files].map((answer, index) => {
    const path = ["/", ...paths][index] ?? "";
    const sniffed = headerOf(answer, "x-content-type-options") !== "nosniff";
    return sniffed
      ? `${path}: expected X-Content-Type-Options: nosniff`
      : unless(200, answer, path);
  });
}

const variable = statementsOf("frontend", "docs/environment-variables.md", ["frontend"]);
const link = statementsOf("frontend", "docs/links.md", ["frontend"]);
const process = statementsOf("frontend", "docs/processes.md", ["frontend"]);

/** What the frontend hands out. */
export const frontendStatements: readonly Statement[] = [
  healthOf("frontend"),
  variable({
    id: "frontend-configuration",
    statement: "the page is told its media host when the image starts",
    words: "Read at run time.",
    needs: ["NEXT_PUBLIC_EDGE_BASE"],
    check: configuration,
  }),
  variable({
    id: "frontend-policy",
    statement:
      "the page's policy lets it speak to its own host, media and storage, and to nobody else",
    words: "browsers upload there and to no other foreign host",
    needs: ["NEXT_PUBLIC_EDGE_BASE", "NEXT_PUBLIC_API_BASE", "WASABI_ENDPOINT"],
    check: policy,
  }),
  process({
    id: "frontend-secrets",
    statement: "no secret is in the page or its files",
    words: "No answer, log line or error holds the value of a secret",
    check: secrets,
  }),
  process({
    id: "frontend-sniffing",
    statement: "every file of the page is there, and says that its type is not to be guessed",
    words: "`X-Content-Type-Options: nosniff`",
    check: sniffing,
  }),
  link({
    id: "frontend-share",
    statement: "a share page opens without signing in, and tells nobody its address",
    words:
      "opens without signing in, and its address is its key: it is sent with `Referrer-Policy: no-referrer`",
    check: shared,
  }),
];
