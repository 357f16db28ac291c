import type { Names } from "../context/internet.ts";

/** Codes by which `node:dns` says that there is nothing of what was asked for. */
const nothing = new Set(["ENOTFOUND", "ENODATA"]);

/** Answers to a question about names: none where the name or the record does not exist. */
export async function answersTo<T>(question: Promise<readonly T[]>): Promise<readonly T[]> {
  try {
    return await question;
  } catch (error) {
    if (nothing.has(codeOf(error))) return [];
    throw error;
  }
}

/** Whether servers do not know a zone that is delegated to them. */
export function isServerFailure(error: unknown): boolean {
  return codeOf(error) === "ESERVFAIL";
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** A name and the names above it, down to two labels: above them are registries. */
function upwards(host: string): string[] {
  const labels = host.split(".");
  return labels.slice(0, -1).map((_, index) => labels.slice(index).join("."));
}

/** Who may sign for a host. */
export interface Authorities {
  /** The name whose records say so: the closest one that says anything (RFC 8659, section 3). */
  readonly name: string;
  /** None when nobody may. */
  readonly allowed: readonly string[];
}

/** The certificate authorities that may sign for a host; undefined when anybody may. */
export async function allowedAuthorities(
  dns: Pick<Names, "resolveCaa">,
  host: string,
): Promise<Authorities | undefined> {
  for (const name of upwards(host)) {
    const records = await answersTo(dns.resolveCaa(name));
    if (records.length === 0) continue;
    const issuers = records.flatMap(({ issue }) => (issue === undefined ? [] : [issue]));
    if (issuers.length === 0) return undefined;
    // Parameters come behind a semicolon, names may end with a dot, and no name at all is nobody's.
    const allowed = issuers
      .map((issuer) => (issuer.split(";")[0] ?? "").trim().replace(/\.$/, ""))
      .filter((issuer) => issuer !== "");
    return { name, allowed };
  }
  return undefined;
}
