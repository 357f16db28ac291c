import { computed, signal } from "@preact/signals";

import { readRoute } from "./read-route.ts";

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
