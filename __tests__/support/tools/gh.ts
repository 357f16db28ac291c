import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { z } from "zod";

import { unzip } from "../github/zip.ts";

// Stands in for gh 2.60 where it cannot be had: it takes the flags of its sources (pkg/cmd/api/api.go,
// pkg/cmd/run/download/download.go), no others, and sends what it sends.

/** Flags with a value, of each command that mam uses. */
const valued: Readonly<Record<string, readonly string[]>> = {
  api: [
    "method",
    "hostname",
    "field",
    "raw-field",
    "header",
    "preview",
    "input",
    "template",
    "jq",
    "cache",
  ],
  "run download": ["dir", "name", "pattern"],
};
const short: Readonly<Record<string, string>> = {
  X: "method",
  F: "field",
  f: "raw-field",
  H: "header",
  D: "dir",
  n: "name",
};

const [proxy, token, repository = ""] = ["HTTP_PROXY", "GH_TOKEN", "GH_REPO"].map(
  (name) => process.env[name],
);
const [, owner = "", name = ""] = repository.split("/");

const fail = (text: string, code = 1): never => {
  process.stderr.write(`${text}\n`);
  process.exit(code);
};
if (token === undefined || token === "") {
  fail("To get started with GitHub CLI, please run:  gh auth login", 4);
}

const typed = process.argv.slice(2);
const command = typed[0] === "api" ? "api" : typed.slice(0, 2).join(" ");
const known = valued[command] ?? fail(`unknown command "${typed.join(" ")}" for "gh"`);
const words: string[] = [];
const flags = new Map<string, string[]>();
const rest = typed.slice(command.split(" ").length);
while (rest.length > 0) {
  const word = rest.shift() ?? "";
  if (!word.startsWith("-") || word === "-") words.push(word);
  else {
    const flag = word.startsWith("--") ? word.slice(2) : (short[word.slice(1)] ?? "");
    if (!known.includes(flag)) fail(`unknown flag: ${word}`);
    const value = rest.shift() ?? fail(`flag needs an argument: ${word}`);
    flags.set(flag, [...(flags.get(flag) ?? []), value]);
  }
}
if (words.length > 1) fail(`accepts at most 1 arg(s), received ${words.length}`);

const filled = (text: string) => text.replaceAll("{owner}", owner).replaceAll("{repo}", name);

/** A request through the proxy, as an HTTP client makes it. */
async function request(method: string, url: string, body?: string) {
  const { request: send } = await import("node:http");
  const { hostname, port } = new URL(proxy ?? fail("HTTP_PROXY is not set"));
  return new Promise<{ status: number; body: Buffer }>((resolve, reject) => {
    const headers = { host: new URL(url).host, authorization: `token ${token ?? ""}` };
    const sent = send({ hostname, port, method, path: url, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      response.on("end", () => {
        resolve({ status: response.statusCode ?? 0, body: Buffer.concat(parts) });
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const messageSchema = z.looseObject({ message: z.string().optional() });

/** The body of a question to the GraphQL API. */
function question(): string {
  const fields = (flags.get("field") ?? []).map((field) => {
    const [key = "", value = ""] = field.split("=");
    // A number is sent as one; {owner} and {repo} are filled in.
    return [key, /^\d+$/.test(value) ? Number(value) : filled(value)] as const;
  });
  const raw = (flags.get("raw-field") ?? []).map((field) => {
    const at = field.indexOf("=");
    return [field.slice(0, at), field.slice(at + 1)] as const;
  });
  return JSON.stringify({ ...Object.fromEntries(raw), variables: Object.fromEntries(fields) });
}

async function api(endpoint: string) {
  const url = `http://api.github.localhost/${filled(endpoint)}`;
  const asked = endpoint === "graphql" ? question() : undefined;
  const input = flags.has("input") ? readFileSync(0, "utf8") : asked;
  const method = flags.get("method")?.[0] ?? (input === undefined ? "GET" : "POST");
  const { status, body } = await request(method, url, input);
  process.stdout.write(body);
  if (status < 400) return;
  const { message = "" } = messageSchema.parse(JSON.parse(body.toString()));
  fail(`gh: ${message} (HTTP ${status})`);
}

const artifactsSchema = z.object({
  artifacts: z.array(z.object({ name: z.string(), archive_download_url: z.string() })),
});

async function download(run: string) {
  const root = `http://api.github.localhost/repos/${owner}/${name}/actions/runs/${run}/artifacts`;
  const listed = await request("GET", `${root}?per_page=100`);
  if (listed.status >= 400) fail(`error fetching artifacts: HTTP ${listed.status}`);
  const { artifacts } = artifactsSchema.parse(JSON.parse(listed.body.toString()));
  const wanted = artifacts.filter((one) => flags.get("name")?.includes(one.name));
  if (wanted.length === 0) fail("no artifact matches any of the names or patterns provided");
  for (const { archive_download_url: url } of wanted) {
    const { body } = await request("GET", url);
    for (const [path, content] of Object.entries(unzip(body))) {
      const file = join(flags.get("dir")?.[0] ?? ".", path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
}

const [word = ""] = words;
await (command === "api" ? api(word) : download(word));
