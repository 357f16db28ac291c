import { endpoints as ours } from "@mam-infra/clients/digitalocean/endpoints";
import { endpoints as played } from "@mam-infra/cloud/digitalocean/endpoints";

/** A method and a path with the names of its parameters left out: `GET /v2/apps/{}`. */
export const shapeOf = (method: string, path: string) =>
  `${method} ${path.replaceAll(/\{[^}]*\}|:[^/]+/g, "{}")}`;

const shapes = (rows: readonly { readonly method: string; readonly path: string }[]) =>
  rows.map(({ method, path }) => shapeOf(method, path));

/** Every call that this project makes or its cloud plays. */
export function usedOperations(): ReadonlySet<string> {
  return new Set([...shapes(Object.values(ours)), ...shapes(played)]);
}
