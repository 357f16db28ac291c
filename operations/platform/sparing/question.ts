import type { EndpointName } from "@mam-infra/clients/digitalocean/endpoints";

/** Parameters of a query's window. */
const moving = new Set(["start", "end", "time"]);

/** What a question is told apart by. The window of a query moves with the time, and is no other question. */
export function keyOf(name: EndpointName, parameters: object, content: object | undefined): string {
  const { query = {} } = (content ?? {}) as { readonly query?: Readonly<Record<string, unknown>> };
  const still = Object.entries(query).filter(([parameter]) => !moving.has(parameter));
  return JSON.stringify([name, parameters, still]);
}
