import { randomUUID } from "node:crypto";

import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";

import type { Clock } from "../clock.ts";
import { nameAction } from "../platform-server.ts";
import { readIncoming } from "../s3/incoming.ts";
import { SignatureFailure, type SignatureFailureReason } from "../s3/signature/failure.ts";
import { type IncomingRequest, readQuery } from "../s3/signature/message.ts";
import { verifySignature } from "../s3/signature/verify.ts";
import { type Account, activeSecret, findKeyOwner } from "./account.ts";
import { identityPolicies, principalOf, refusal } from "./authorisation.ts";
import {
  type QueryAction,
  type QueryCall,
  QueryError,
  type QueryErrorCode,
  queryErrorXml,
  resultXml,
} from "./iam/query.ts";
import { evaluateAccess } from "./policy-evaluation.ts";

/** One of the services that are called with an action and parameters in a form. */
export interface QueryService {
  /** `iam` or `sts`: what is signed for, and the prefix of permissions. */
  readonly name: "iam" | "sts";
  /** Version of the API, which every request names. */
  readonly version: string;
  readonly actions: ReadonlyMap<string, QueryAction>;
  /** Actions that the platform has and the rehearsal does not play. */
  readonly notImplemented: ReadonlySet<string>;
  readonly account: Account;
  readonly clock: Clock;
  readonly signatureTime: () => Date;
  readonly onFinding: (finding: string) => void;
}

/** The one region that IAM and STS are signed for; that another is refused is assumed. */
const region = "us-east-1";

/** XML namespace of a service's answers. */
export function queryNamespace({ name, version }: Pick<QueryService, "name" | "version">): string {
  return `https://${name}.amazonaws.com/doc/${version}/`;
}

/** Serves IAM or STS at the root of a server. */
export function serveQueries(server: FastifyInstance, service: QueryService): void {
  server.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, parsed) => {
      parsed(null, body);
    });
    scope.setErrorHandler((error: Error, request, reply) =>
      sendError(error, request, reply, service),
    );
    scope.route({
      method: ["GET", "POST"],
      url: "/",
      exposeHeadRoute: false,
      handler: (request, reply) => handle(request, reply, service),
    });
    done();
  });
  server.setNotFoundHandler((request, reply) => {
    const message = `${request.method} ${request.url} is not a call of ${service.name}.`;
    return sendError(new QueryError("InvalidAction", message, true), request, reply, service);
  });
}

function handle(request: FastifyRequest, reply: FastifyReply, service: QueryService): FastifyReply {
  const incoming = readIncoming(request);
  const { Action = "", Version, ...parameters } = readParameters(incoming);
  nameAction(request, `${service.name}:${Action}`);
  const caller = authenticate(incoming, service);
  if (Version !== service.version) {
    throw new QueryError("InvalidAction", `The version must be ${service.version}.`);
  }
  const entry = findAction(Action, service);
  const call = { account: service.account, caller, now: service.clock.now() };
  authorise(entry, parameters, call, service.name);
  const requestId = randomUUID();
  return reply
    .header("content-type", "text/xml")
    .header("x-amzn-requestid", requestId)
    .send(resultXml(queryNamespace(service), entry.name, entry.run(parameters, call), requestId));
}

function readParameters({ query, body }: IncomingRequest): Record<string, string> {
  const form = readQuery(body?.toString("utf8") ?? "");
  const own = query.filter(([name]) => !name.startsWith("X-Amz-"));
  return Object.fromEntries([...own, ...form]);
}

const failureCodes: Readonly<Partial<Record<SignatureFailureReason, QueryErrorCode>>> = {
  malformed: "IncompleteSignature",
  "unknown-key": "InvalidClientTokenId",
  "session-token": "InvalidClientTokenId",
};

function authenticate(incoming: IncomingRequest, service: QueryService): QueryCall["caller"] {
  const { account, name, signatureTime } = service;
  try {
    const signature = verifySignature(incoming, {
      service: name,
      region,
      secretOf: (accessKeyId) => activeSecret(account, accessKeyId),
      now: signatureTime,
    });
    const owner = signature && findKeyOwner(account, signature.accessKeyId);
    if (!owner) {
      throw new QueryError("MissingAuthenticationToken", "Request is missing Authentication Token");
    }
    owner.key.lastUsed = { at: service.clock.now(), service: name, region };
    return owner;
  } catch (error) {
    if (!(error instanceof SignatureFailure)) throw error;
    throw new QueryError(failureCodes[error.reason] ?? "SignatureDoesNotMatch", error.message);
  }
}

function findAction(name: string, { actions, notImplemented }: QueryService): QueryAction {
  const entry = actions.get(name);
  if (entry) return entry;
  if (notImplemented.has(name)) {
    throw new QueryError("NotImplemented", `${name} is not part of the rehearsal.`, true);
  }
  throw new QueryError("NotImplemented", `${name} is not supported.`);
}

function authorise(
  entry: QueryAction,
  parameters: Readonly<Record<string, string>>,
  call: QueryCall,
  service: string,
): void {
  const resource = entry.resource(parameters, call);
  if (resource === undefined) return;
  const { account, caller } = call;
  const principal = principalOf(account, caller);
  const action = `${service}:${entry.name}`;
  const decision = evaluateAccess(
    { principal, action, resource, context: { "aws:CurrentTime": call.now.toISOString() } },
    { identity: identityPolicies(account, caller) },
  );
  if (decision.outcome === "allowed" || principal.kind === "anonymous") return;
  throw new QueryError("AccessDenied", refusal(decision, principal.arn, action, resource));
}

function sendError(
  error: Error,
  request: FastifyRequest,
  reply: FastifyReply,
  service: QueryService,
): FastifyReply {
  const isKnown = error instanceof QueryError;
  if (!isKnown || error.isUnknown) {
    service.onFinding(`${service.name} ${request.method} ${request.url}: ${error.message}`);
  }
  const known = isKnown ? error : new QueryError("ServiceFailure", "The request failed.");
  const requestId = randomUUID();
  return reply
    .code(known.status)
    .header("content-type", "text/xml")
    .header("x-amzn-requestid", requestId)
    .send(queryErrorXml(queryNamespace(service), known, requestId));
}
