import { signal } from "@preact/signals";

const words = signal("");

/** Has screen readers say something, once what they are saying is said. */
export function announce(text: string): void {
  // The same words again are news only when they are another text.
  words.value = words.value === text ? `${text}\u00a0` : text;
}

/** Where screen readers listen. Present from the start: one that is added with its words is not read. */
export function LiveRegion() {
  return (
    <div class="visually-hidden" role="status" aria-live="polite">
      {words}
    </div>
  );
}
