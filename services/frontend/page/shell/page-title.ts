import { useEffect } from "preact/hooks";

/**
 * Names the page in the browser's tab, and moves the focus to its first field or to its heading, from where a person
 * without a mouse goes on.
 */
export function usePageTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
  useEffect(() => {
    const first =
      document.querySelector<HTMLElement>("[autofocus]") ??
      document.querySelector<HTMLElement>("h1[tabindex]");
    first?.focus({ preventScroll: true });
  }, []);
}
