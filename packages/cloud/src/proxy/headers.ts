import type { IncomingMessage, OutgoingHttpHeaders } from "node:http";

/** Headers of one connection, which a proxy does not pass on. Source: RFC 9110, 7.6.1. */
const ofConnection = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The headers of a request that are passed on, with how its body is delimited. */
export function requestHeaders({ headersDistinct, headers }: IncomingMessage): OutgoingHttpHeaders {
  const named = new Set(listOf(headers.connection));
  const passed: OutgoingHttpHeaders = {};
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    if (ofConnection.has(name) || named.has(name)) continue;
    passed[name] = values.length === 1 ? values[0] : values;
  }
  if (headers["transfer-encoding"] !== undefined) passed["transfer-encoding"] = "chunked";
  return passed;
}

const listOf = (value = "") => value.toLowerCase().split(/\s*,\s*/);

/** The headers of an answer that are passed on: names and values in turn, as they came. */
export function answerHeaders({ rawHeaders, headers }: IncomingMessage): [string, string][] {
  const named = new Set(listOf(headers.connection));
  const passed: [string, string][] = [];
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const [name = "", value = ""] = rawHeaders.slice(index, index + 2);
    const key = name.toLowerCase();
    if (!ofConnection.has(key) && !named.has(key)) passed.push([name, value]);
  }
  return passed;
}

/** Whether a request has a body, and so could not be sent twice. */
export const hasBody = ({ headers }: IncomingMessage) =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
