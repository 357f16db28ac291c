import { columns } from "../context/columns.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Session } from "../context/session.ts";
import { type AgedSecret, agedSecrets } from "./ages.ts";

/** `mam secrets list`: every secret of an environment, who gets it and how old it is. Never a value. */
export async function listSecrets(session: Session, now: Date): Promise<Outcome> {
  const secrets = await agedSecrets(session, now);
  const { name } = session.environment.config;
  const missing = secrets.flatMap((one) => (one.standing === "missing" ? one.name : []));
  const count = missing.length === 1 ? "1 is missing" : `${missing.length} are missing`;
  const next =
    missing.length > 0
      ? `${count}: ${missing.join(", ")}. Next: mam secrets generate ${name}\n`
      : `Next: mam secrets check ${name}\n`;
  return {
    ok: true,
    data: { environment: name, secrets: secrets.map(plain) },
    text: `${renderSecrets(secrets)}\n${next}`,
  };
}

/** What `--json` says of a secret. */
function plain({ name, kind, components, standing, unsealed, use, since, days }: AgedSecret) {
  return {
    name,
    kind,
    components,
    standing,
    unsealed: standing === "sealed" || standing === "kept by DigitalOcean" ? [] : unsealed,
    use: use ?? null,
    since: since ?? null,
    days: days ?? null,
  };
}

const headings = ["secret", "standing", "age", "components"] as const;

/** Secrets as a table for a terminal. */
export function renderSecrets(secrets: readonly AgedSecret[]): string {
  return columns([headings, ...secrets.map(rowOf)])
    .map((line) => `${line}\n`)
    .join("");
}

function rowOf({ name, use, standing, days, components }: AgedSecret): string[] {
  return [
    use === undefined ? name : `${name} (${use})`,
    standing,
    days === undefined ? "unknown" : `${days} day${days === 1 ? "" : "s"}`,
    components.join(", "),
  ];
}
