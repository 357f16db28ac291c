import { randomBytes } from "node:crypto";

import type { GeneratedText } from "../canonical.ts";

const kinds = [
  "prj",
  "ws",
  "sv",
  "wsout",
  "user",
  "run",
  "plan",
  "apply",
  "cv",
  "var",
  "rt",
] as const;

/** An id as HCP Terraform writes it: what it is of, and 16 letters and digits. */
export function newId(of: (typeof kinds)[number]): string {
  const letters = randomBytes(24)
    .toString("base64")
    .replaceAll(/[^A-Za-z0-9]/g, "");
  return `${of}-${letters.slice(0, 16).padEnd(16, "0")}`;
}

/** Ids in a dump, for those who compare two of them. */
export const generatedHcpIds: readonly GeneratedText[] = kinds.map((name) => ({
  name,
  pattern: new RegExp(`${name}-[A-Za-z0-9]{16}`, "g"),
}));
