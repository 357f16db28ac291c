import { createHash } from "node:crypto";

/** Data as JSON that is the same for data that says the same: names are in order. */
export function canonical(data: unknown): string {
  return JSON.stringify(data, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(
          Object.entries(part).sort(([first], [second]) => (first < second ? -1 : 1)),
        )
      : part,
  );
}

/** First twelve hexadecimal digits of the SHA-256 of data. */
export function digestOf(data: unknown): string {
  return createHash("sha256").update(canonical(data)).digest("hex").slice(0, 12);
}
