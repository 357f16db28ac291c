import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";

import type { Clock } from "../clock.ts";
import type { HcpEndpoint } from "./endpoint.ts";
import {
  configurationById,
  configurationEndpoints,
  takeArchive,
} from "./endpoints/configuration-versions.ts";
import { lockEndpoints } from "./endpoints/locks.ts";
import { outputEndpoints } from "./endpoints/outputs.ts";
import { phaseById, phaseEndpoints } from "./endpoints/phases.ts";
import { projectEndpoints } from "./endpoints/projects.ts";
import { runActionEndpoints } from "./endpoints/run-actions.ts";
import { runTriggerEndpoints } from "./endpoints/run-triggers.ts";
import { runEndpoints } from "./endpoints/runs.ts";
import { serviceEndpoints } from "./endpoints/service.ts";
import { checkRun, sharingEndpoints } from "./endpoints/sharing.ts";
import { stateVersionEndpoints, versionById } from "./endpoints/state-versions.ts";
import { variableEndpoints } from "./endpoints/variables.ts";
import { workspaceEndpoints } from "./endpoints/workspaces.ts";
import { HcpError, errorDocument, notFound } from "./errors.ts";
import type { HcpStore, User } from "./model.ts";
import type { Phase } from "./runs/model.ts";
import type { Runner } from "./runs/runner.ts";
import { finalise } from "./state-content.ts";

/** The calls that Terraform needs, those by which runs are prepared, and those by which `mam` looks. */
const endpoints: readonly HcpEndpoint[] = [
  ...serviceEndpoints,
  ...projectEndpoints,
  ...workspaceEndpoints,
  ...lockEndpoints,
  ...stateVersionEndpoints,
  ...outputEndpoints,
  ...runEndpoints,
  ...runActionEndpoints,
  ...configurationEndpoints,
  ...phaseEndpoints,
  ...variableEndpoints,
  ...sharingEndpoints,
  ...runTriggerEndpoints,
];

/** What the service answers by. */
export interface Serving {
  readonly store: HcpStore;
  readonly clock: Clock;
  readonly userOfToken: (token: string) => User | undefined;
  readonly runner: Runner;
  readonly findings: string[];
}

/** Largest state, in bytes: 64 MiB, more than any of a rehearsal. */
const largest = 64 * 1024 * 1024;

/** Headers of every answer: without a version Terraform's client knows, and without the name it takes it for another product. */
const headers = {
  "TFP-API-Version": "2.6",
  "TFP-AppName": "HCP Terraform",
  "X-RateLimit-Limit": "30",
};

/** Adds the API, and the addresses where states are kept, to a server. */
export function serveHcp(server: FastifyInstance, serving: Serving): void {
  server.removeAllContentTypeParsers();
  server.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: largest }, (_, body, done) => {
    done(null, body);
  });
  server.addHook("onSend", (_request, reply, payload, done) => {
    reply.headers(headers);
    done(null, payload);
  });
  for (const one of endpoints) {
    server.route({
      method: one.method,
      url: `/api/v2${one.path}`,
      handler: (request, reply) => answer(one, serving, request, reply),
    });
  }
  serveContent(server, serving);
  serveRunContent(server, serving);
  server.setNotFoundHandler((request) => {
    throw new HcpError(404, `${request.method} ${request.url} is not played here`, true);
  });
  server.setErrorHandler((error, request, reply) => {
    const known = error instanceof HcpError ? error : undefined;
    if (!known || known.isFinding)
      serving.findings.push(`HCP Terraform: ${request.method} ${request.url}: ${messageOf(error)}`);
    const status = known?.status ?? 500;
    return send(reply, status, errorDocument(status, messageOf(error)));
  });
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

function send(reply: FastifyReply, status: number, text: string) {
  return reply.code(status).header("content-type", "application/vnd.api+json").send(text);
}

function answer(
  one: HcpEndpoint,
  { store, clock, userOfToken, runner }: Serving,
  request: FastifyRequest,
  reply: FastifyReply,
) {
  const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
  const user = userOfToken(token ?? "");
  if (!user) throw new HcpError(401, "The token is unknown");
  const parameters = request.params as Readonly<Record<string, string>>;
  checkRun({ store, user, parameters }, one);
  const { status = 200, document } = one.handle({
    store,
    user,
    runner,
    parameters,
    query: queryOf(one, request.query as Readonly<Record<string, unknown>>),
    body: bodyOf(one, request.body),
    now: clock.now(),
    origin: originOf(request),
  });
  if (document === undefined) return reply.code(status).send();
  return send(reply, status, JSON.stringify(document));
}

const originOf = ({ host }: FastifyRequest) => `http://${host}`;

function queryOf(
  { query }: HcpEndpoint,
  given: Readonly<Record<string, unknown>>,
): Record<string, string> {
  const unknown = Object.keys(given).filter((name) => !query.includes(name));
  if (unknown.length > 0)
    throw new HcpError(400, `unknown query parameters: ${unknown.join(", ")}`, true);
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, String(value)]));
}

function bodyOf({ body }: HcpEndpoint, given: unknown): unknown {
  if (!body) return undefined;
  const text = Buffer.isBuffer(given) ? given.toString("utf8") : "";
  const parsed = body.safeParse(text === "" ? undefined : JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new HcpError(422, z.prettifyError(parsed.error), true);
}

/** Where the content of states goes and comes from. The address is the permission, as with a signed one. */
function serveContent(server: FastifyInstance, { store }: Serving): void {
  const path = "/archivist/v1/object/:id.:what";
  const find = (request: FastifyRequest) => {
    const { id, what } = request.params as { readonly id: string; readonly what: string };
    return { version: versionById(store, id), isJson: what === "json-state" };
  };
  server.get(path, (request, reply) => {
    const { version, isJson } = find(request);
    const content = isJson ? version.jsonState : version.state;
    if (!content) throw notFound();
    return reply.header("content-type", "application/json").send(content);
  });
  server.put(path, (request, reply) => {
    const { version, isJson } = find(request);
    const content = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    if (isJson) version.jsonState = content;
    else if (version.status === "pending") finalise(version, content);
    else throw new HcpError(409, "This state version has its content, or was overtaken.");
    return reply.code(200).send();
  });
}

/** Where configurations go, and where the logs of runs come from, by the same permission. */
function serveRunContent(server: FastifyInstance, { store, runner, clock }: Serving): void {
  server.put("/archivist/v1/archive/:id", (request, reply) => {
    const configuration = configurationById(store, idOf(request));
    if (configuration.archive) throw new HcpError(409, "This configuration was uploaded already.");
    const archive = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
    takeArchive(store, runner, configuration, archive, clock.now());
    return reply.code(200).send();
  });
  server.get("/archivist/v1/log/:id", (request, reply) => {
    const { limit, offset } = request.query as Readonly<Record<string, string>>;
    const log = logOf(phaseById(store, idOf(request)).phase);
    const from = Number(offset ?? 0);
    return reply.type("text/plain").send(log.subarray(from, from + Number(limit ?? log.length)));
  });
}

const idOf = ({ params }: FastifyRequest) => (params as { readonly id: string }).id;

/** A log between the signs of its begin and its end, as the client looks for them (go-tfe 1.74.1, logreader.go). */
function logOf({ log, status }: Phase): Buffer {
  const hasEnded = status !== "pending" && status !== "running";
  if (log === "" && !hasEnded) return Buffer.alloc(0);
  return Buffer.from(`\u0002${log}${hasEnded ? "\u0003" : ""}`);
}
