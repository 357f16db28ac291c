/** What an address shows. */
export type Route =
  | { readonly name: "library" }
  | { readonly name: "asset"; readonly id: string }
  | { readonly name: "shared"; /** `<exp>/<slot>/<sig>/<asset>` */ readonly signed: string }
  | { readonly name: "nothing" };

/** Reads an address. */
export function readRoute(path: string): Route {
  if (path === "/") return { name: "library" };
  const id = /^\/assets\/([^/]+)$/.exec(path)?.[1];
  if (id !== undefined) return { name: "asset", id };
  const signed = /^\/s\/(\d{1,12}\/[AB]\/[0-9a-f]{64}\/[A-Za-z0-9._~-]+)$/.exec(path)?.[1];
  if (signed !== undefined) return { name: "shared", signed };
  return path.startsWith("/s/") ? { name: "shared", signed: "" } : { name: "nothing" };
}
