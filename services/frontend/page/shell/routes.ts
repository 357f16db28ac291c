import { computed, signal } from "@preact/signals";

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

const path = signal(location.pathname);

/** What the page shows. */
export const route = computed(() => readRoute(path.value));

/** Shows another address. */
export function go(to: string): void {
  history.pushState(undefined, "", to);
  path.value = location.pathname;
  scrollTo(0, 0);
}

/** Follows the browser's buttons, and links of our own without loading the page again. */
export function followAddresses(): void {
  addEventListener("popstate", () => {
    path.value = location.pathname;
  });
  document.addEventListener("click", (event) => {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey);
    if (!link || !isPlain || event.defaultPrevented || link.origin !== location.origin) return;
    event.preventDefault();
    go(link.pathname);
  });
}
