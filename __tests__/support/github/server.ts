import { type IncomingMessage, type ServerResponse, createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

import { z } from "zod";

import { type Answer, endpoints } from "./endpoints.ts";
import type { Permissions, Repository } from "./repository.ts";
import { zip } from "./zip.ts";

/** GitHub's API on this machine, strict: what it does not know is refused, and remembered. */
export interface GitHubServer {
  /** Every request that was made: method and path. */
  readonly requests: readonly string[];
  /** What was refused. */
  readonly refused: readonly string[];
  /** Variables with which gh comes here and nowhere else. */
  readonly variables: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

const host = "github.localhost";

/** Serves a repository. Both the real gh and the one of the tests reach it as a proxy: neither needs TLS or a name. */
export async function serveGitHub(repository: Repository): Promise<GitHubServer> {
  const requests: string[] = [];
  const refused: string[] = [];
  const server = createServer((request, response) => {
    void answer(repository, request).then(({ status, body }) => {
      requests.push(`${request.method ?? ""} ${new URL(request.url ?? "").pathname}`);
      if (status >= 400 && !(status === 404 && request.method === "GET")) {
        refused.push(`${request.method ?? ""} ${request.url ?? ""}: ${JSON.stringify(body)}`);
      }
      write(response, status, body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    requests,
    refused,
    variables: {
      GH_HOST: host,
      GH_REPO: `${host}/${repository.name}`,
      GH_TOKEN: "token-of-the-job",
      HTTP_PROXY: `http://127.0.0.1:${port}`,
      GH_CONFIG_DIR: "/nonexistent",
    },
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => {
          resolve();
        });
      }),
  };
}

async function answer(repository: Repository, request: IncomingMessage): Promise<Answer> {
  const { method = "", headers } = request;
  const url = new URL(request.url ?? "", "http://nowhere");
  const sent = await text(request);
  if (url.host !== `api.${host}`) return refusal(404, "not this host");
  if (headers.authorization !== "token token-of-the-job") return refusal(401, "Bad credentials");
  if (url.pathname === "/graphql") return graphql(repository, sent);
  const root = `/repos/${repository.name}`;
  if (!url.pathname.startsWith(root)) return refusal(404, "Not Found");
  const path = decodeURIComponent(url.pathname.slice(root.length + 1));
  const archive = /^actions\/artifacts\/(\d+)-(.+)\/zip$/.exec(path);
  if (archive) return artifact(repository, Number(archive[1]), archive[2] ?? "");
  return rest(repository, { method, path, query: url.searchParams, sent });
}

interface RestRequest {
  readonly method: string;
  /** Below the repository. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly sent: string;
}

function rest(repository: Repository, { method, path, query, sent }: RestRequest): Answer {
  const endpoint = endpoints.find((one) => one.method === method && one.path.test(path));
  if (!endpoint) return refusal(404, `no endpoint ${method} ${path}`);
  if (!allowed(repository.permissions, endpoint.needs)) {
    return refusal(403, "Resource not accessible by integration");
  }
  const parts = endpoint.path.exec(path)?.slice(1) ?? [];
  try {
    const body: unknown = sent === "" ? undefined : JSON.parse(sent);
    return endpoint.answer({ repository, path: parts, query, body });
  } catch (error) {
    return refusal(422, String(error));
  }
}

const refusal = (status: number, message: string): Answer => ({ status, body: { message } });

function allowed(
  permissions: Permissions,
  needs: readonly (readonly [keyof Permissions, "read" | "write"])[],
): boolean {
  if (needs.length === 0) return true;
  return needs.some(
    ([name, access]) => permissions[name] === "write" || permissions[name] === access,
  );
}

const querySchema = z.strictObject({
  query: z.string(),
  variables: z.strictObject({ owner: z.string(), name: z.string(), number: z.int().optional() }),
});

/** The two questions that mam asks; every other is refused. */
function graphql(repository: Repository, sent: string): Answer {
  const { query, variables } = querySchema.parse(JSON.parse(sent));
  const { owner, name, number } = variables;
  if (`${owner}/${name}` !== repository.name) return { status: 200, body: { data: null } };
  const isPull = query.includes("pullRequest(number: $number)");
  if (!allowed(repository.permissions, [[isPull ? "pull-requests" : "issues", "read"]])) {
    return refusal(403, "Resource not accessible by integration");
  }
  const comments = repository.comments.filter(({ on }) => on === number);
  const issues = repository.issues.filter(({ state }) => state === "open");
  const nodes = (isPull ? comments : issues).map(({ own, ...one }) => ({
    ...one,
    ...("id" in one ? { databaseId: one.id } : {}),
    viewerDidAuthor: own,
  }));
  const answered = isPull ? { pullRequest: { comments: { nodes } } } : { issues: { nodes } };
  return { status: 200, body: { data: { repository: answered } } };
}

function artifact(repository: Repository, run: number, name: string): Answer {
  const files = repository.runs.find(({ id }) => id === run)?.artifacts[name];
  return files
    ? { status: 200, body: zip(files) }
    : { status: 404, body: { message: "Not Found" } };
}

function write(response: ServerResponse, status: number, body: unknown): void {
  const isArchive = Buffer.isBuffer(body);
  response.writeHead(status, {
    "content-type": isArchive ? "application/zip" : "application/json; charset=utf-8",
  });
  response.end(isArchive ? body : JSON.stringify(body));
}
