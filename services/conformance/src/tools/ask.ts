import { type IncomingHttpHeaders, request as plain } from "node:http";
import { request as secure } from "node:https";
import { buffer } from "node:stream/consumers";

/** What is asked, beside the path. */
export interface Asking {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Client address that the balancer names; default none. */
  readonly client?: string | undefined;
}

/** An answer, read whole. */
export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Milliseconds that an answer may take. */
const answerWithin = 30_000;

/**
 * Asks for a path as it is: `fetch` resolves and encodes paths before it sends them, and the contract is about what
 * arrives.
 */
export function ask(
  base: string,
  path: string,
  { method = "GET", headers = {}, body, client }: Asking = {},
): Promise<Answer> {
  const { protocol, hostname, port } = new URL(base);
  const request = protocol === "https:" ? secure : plain;
  const from = client === undefined ? {} : { "x-forwarded-for": client };
  const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
  return new Promise((resolve, reject) => {
    const asked = request(
      { hostname, port, path, method, headers: { ...length, ...from, ...headers } },
      (answer) => {
        buffer(answer).then((read) => {
          resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: read });
        }, reject);
      },
    );
    asked.setTimeout(answerWithin, () => asked.destroy(new Error("no answer within 30 s")));
    asked.on("error", reject).end(body);
  });
}

/** The text of a header; empty when it is not there. */
export function headerOf({ headers }: Pick<Answer, "headers">, name: string): string {
  const value = headers[name];
  return Array.isArray(value) ? value.join(", ") : (value ?? "");
}

/** An answer's body as JSON; undefined when it is none. */
export function jsonOf({ body }: Pick<Answer, "body">): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** An objection when the status is another one. */
export function unless(
  status: number,
  answer: Pick<Answer, "status">,
  what: string,
): string | false {
  return answer.status !== status && `${what}: expected ${status}, answered ${answer.status}`;
}
