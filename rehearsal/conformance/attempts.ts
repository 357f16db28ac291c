import type {
  DirectAccount,
  DirectReply,
  DirectRequest,
} from "@mam-infra/cloud/digitalocean/in-process";

import { describedName, description, type Operation } from "./description.ts";
import { grouped } from "./grouped.ts";
import { fieldsIn, type Mutation, mutationsOf } from "./mutations.ts";
import { validRequests } from "./requests.ts";
import type { ValidRequest } from "./valid-request.ts";
import { aWorld, type World } from "./world.ts";

/** A request that was made of the cloud, and what became of it. */
export interface Attempt extends Omit<Mutation, "content"> {
  /** `POST /v2/vpcs`, as the description writes it. */
  readonly operation: string;
  readonly part: "body" | "query";
  readonly reply: DirectReply;
}

/** Makes every request that can be generated, each of an account that none before it has changed. */
export function attemptAll(): Attempt[] {
  const stage = new Stage();
  const byOperation = grouped(validRequests, operationNamed);
  return [...byOperation].flatMap(([name, requests]) => attemptsOf(stage, name, requests));
}

/** An account in which one of everything stands, brought back to that when a request may have changed it. */
class Stage {
  readonly account: DirectAccount;
  readonly world: World;
  readonly #restart: () => void;
  #isChanged = false;

  constructor() {
    const { account, world } = aWorld();
    [this.account, this.world, this.#restart] = [account, world, account.keep()];
  }

  restart(): void {
    if (this.#isChanged) this.#restart();
    this.#isChanged = false;
  }

  /** Lets time pass before a request. */
  pass(seconds: number): void {
    this.account.pass(seconds);
    this.#isChanged ||= seconds > 0;
  }

  ask(request: DirectRequest): DirectReply {
    const reply = this.account.ask(request);
    // What is refused changes nothing, which the tests of the cloud say of each endpoint.
    this.#isChanged ||= request.method !== "GET" && reply.status < 300;
    return reply;
  }
}

/** Requests of one operation. */
function attemptsOf(stage: Stage, operation: string, requests: readonly ValidRequest[]): Attempt[] {
  const known = new Set(
    requests.flatMap(({ body, query }) => [
      ...fieldsIn(body).map(([field]) => `body${field}`),
      ...fieldsIn(query).map(([field]) => `query${field}`),
    ]),
  );
  const described = operationOf(operation);
  const variations = requests
    .flatMap((request) => variationsOf(described, request))
    // A field that another valid request has is tried there, with a value that makes sense.
    .filter(({ kind, part, field }) => kind !== "added" || !known.has(`${part}${field}`));
  const byKey = grouped(variations, ({ part, field, kind, value }) =>
    JSON.stringify([part, field, kind, value]),
  );
  return [...byKey.values()]
    .map((same) => tryOne(stage, operation, same))
    .flatMap(({ attempt, made }) => [
      attempt,
      ...(attempt.kind === "added" && attempt.reply.status < 300
        ? within(stage, described, { attempt, made })
        : []),
    ]);
}

interface Tried {
  readonly attempt: Attempt;
  readonly made: ValidRequest;
}

/** A field that was added, and is taken, is varied like those that were there. */
function within(stage: Stage, described: Operation, { attempt, made }: Tried): Attempt[] {
  const { operation, part, field } = attempt;
  return variationsOf(described, made)
    .filter((one) => one.part === part && one.field.startsWith(field) && one.kind !== "as it is")
    .map((one) => tryOne(stage, operation, [one]).attempt);
}

/**
 * Tries one thing. What excludes something in one valid request may be fine in another: what is allowed is tried until one of
 * them is accepted.
 */
function tryOne(stage: Stage, operation: string, same: readonly Variation[]): Tried {
  let first: Tried | undefined;
  for (const { part, field, kind, value, isAllowed, made } of same) {
    const reply = makeOf(stage, made);
    const tried = {
      attempt: { operation, part, field, kind, value, isAllowed, reply },
      made,
    };
    first ??= tried;
    if (reply.status < 300 || !isAllowed) return tried;
  }
  if (!first) throw new Error(`${operation}: nothing to try`);
  return first;
}

interface Variation extends Mutation {
  readonly part: "body" | "query";
  readonly made: ValidRequest;
}

function variationsOf({ query, body }: Operation, request: ValidRequest): Variation[] {
  const { except = "none" } = request;
  const varied = mutationsOf(body ?? {}, request.body);
  const byBody = varied
    .filter(({ field }) => !field.startsWith(`${except}.`))
    .map((one) => ({
      ...one,
      part: "body" as const,
      made: { ...request, body: one.content },
    }));
  const byQuery = mutationsOf(query ?? {}, request.query ?? {}).map((one) => ({
    ...one,
    part: "query" as const,
    made: { ...request, query: one.content as Readonly<Record<string, unknown>> },
  }));
  // The valid request itself is made once, and in an address everything is a text.
  return [
    ...byBody,
    ...byQuery
      .slice(1)
      .filter(({ kind, value }) => kind !== "of another type" || typeof value === "string"),
  ];
}

/** The operation of a valid request, as the description writes it. */
export function operationNamed({ call }: ValidRequest): string {
  const [method = "", path = ""] = call.split(" ");
  return describedName(method, path.replaceAll(/\{\w+\}/g, "{}")) ?? nameOf(call);
}

/** The operation of a call whose path has words where the description has parameters. */
function nameOf(call: string): string {
  const name = Object.keys(description.operations).find((one) =>
    new RegExp(`^${one.replaceAll(/\{[^}]*\}/g, "[^/]+")}$`).test(call),
  );
  if (name === undefined) throw new Error(`the description has no ${call}`);
  return name;
}

function operationOf(name: string): Operation {
  const operation = description.operations[name];
  if (!operation) throw new Error(`the description has no ${name}`);
  return operation;
}

function makeOf(stage: Stage, request: ValidRequest): DirectReply {
  stage.restart();
  const made = [...(request.after ?? []), request];
  let [names, reply]: [World, DirectReply] = [stage.world, { status: 0, body: undefined }];
  for (const one of made) {
    if (one === request) stage.pass(request.wait ?? 0);
    reply = ask(stage, names, one);
    names = { ...names, newest: newestOf(reply) };
  }
  return reply;
}

function ask(stage: Stage, world: World, { call, query, body }: ValidRequest): DirectReply {
  const [method = "", path = ""] = filled(call, world).split(" ");
  return stage.ask({
    method,
    path,
    query: texts(JSON.parse(filled(JSON.stringify(query ?? {}), world)) as Record<string, unknown>),
    body: body === undefined ? undefined : JSON.parse(filled(JSON.stringify(body), world)),
  });
}

/** A query is written as text. */
const texts = (query: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );

const filled = (text: string, world: World) =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => world[name] ?? whole);

/** The id of a deployment that was just made. */
const newestOf = ({ body }: DirectReply): string => {
  const { deployment } = (body ?? {}) as { deployment?: { id?: string } };
  return deployment?.id ?? "";
};
