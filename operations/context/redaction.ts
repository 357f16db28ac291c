import { credentials } from "./credentials.ts";
import { inEveryText } from "./printable.ts";
import { sensitiveValues } from "./sensitive-data.ts";
import { spellingsOf } from "./spellings.ts";
import type { Variables } from "./variables.ts";

/** What stands in a text where a secret was. */
const placeholder = "(secret)";

/**
 * Shortest secret that is looked for, in characters. A shorter one is no secret worth the name, and would be found
 * inside of ordinary words.
 */
const shortest = 8;

/** Secrets that have a shape of their own: they are known even where nobody has told of them. */
const shapes: readonly (readonly [shape: RegExp, clean: string])[] = [
  // RFC 6750 and 7617: what an answer repeats of a request's head.
  [
    /\b(Bearer|Authorization:\s*Basic)(\s+)(?=\S*\d)[A-Za-z0-9\-._~+/]{8,}=*/g,
    `$1$2${placeholder}`,
  ],
  // docs.digitalocean.com/reference/api: personal, OAuth and refresh tokens.
  [/\bdo[opr]_v1_[0-9a-f]{64}\b/g, placeholder],
  // Passwords of the databases' users.
  [/\bAVNS_[A-Za-z0-9_-]{15,}/g, placeholder],
  [/(\b[a-z][a-z0-9+.-]*:\/\/[^\s/@:]*:)(?!\$\{)[^\s/@]+@/gi, `$1${placeholder}@`],
  [/(X-Amz-(?:Signature|Security-Token)=)[^&\s"']+/gi, `$1${placeholder}`],
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, placeholder],
];

/** What an abbreviated text ends with. */
const ellipsis = /^(…|\.\.\.)/;

/**
 * Takes secrets out of everything that is written. It belongs to a session, and is told of every secret that passes:
 * what a person supplies, what the platforms answer and states hold, and what mam makes itself.
 */
export interface Redactor {
  /** Remembers secrets. Shorter ones than eight characters are left out. */
  learn(values: readonly (string | undefined)[]): void;
  /** Remembers the secrets in plain data: a state, a plan, an answer. */
  learnFrom(data: unknown): void;
  /** A text without secrets, however they are spelled in it; also one of which only the beginning is shown. */
  readonly redact: (text: string) => string;
  /** Plain data without secrets. */
  readonly redactData: <T>(data: T) => T;
}

/** Makes a redactor that knows the secrets among the environment variables of a process. */
export function redactorOf(variables: Variables): Redactor {
  const redactor = new KnownSecrets();
  redactor.learn(secretsAmong(variables));
  return redactor;
}

/** The secrets among environment variables: credentials, tokens of Terraform, supplied variables, and those in addresses of proxies and of a server to restore on. */
export function secretsAmong(variables: Variables): string[] {
  return Object.entries(variables).flatMap(([name, value = ""]) => {
    if (isSecret(name)) return [value];
    return /_proxy$|^MAM_RESTORE_SERVER$/i.test(name) ? sensitiveValues({ url: value }) : [];
  });
}

/** Environment variables for a program that needs no credentials, such as a browser. */
export function withoutSecrets(variables: Variables): Variables {
  return Object.fromEntries(Object.entries(variables).filter(([name]) => !isSecret(name)));
}

function isSecret(name: string): boolean {
  return (
    /^TF_(VAR|TOKEN)_|(^|_)(TOKEN|SECRET|PASSWORD|SECRET_ACCESS_KEY|API_KEY)$/.test(name) ||
    Object.values(credentials).some(({ variable }) => variable === name)
  );
}

class KnownSecrets implements Redactor {
  readonly #known = new Set<string>();
  /** Spellings by their first characters, the longest first: one may contain another. */
  readonly #spellings = new Map<string, string[]>();

  learn(values: readonly (string | undefined)[]): void {
    const lines = values.flatMap((value = "") => [value, value.trim(), ...value.split("\n")]);
    for (const secret of lines) {
      if (secret.length < shortest || this.#known.has(secret)) continue;
      this.#known.add(secret);
      for (const spelling of spellingsOf(secret)) this.#add(spelling);
    }
  }

  learnFrom(data: unknown): void {
    this.learn(sensitiveValues(data));
  }

  readonly redact = (text: string): string => {
    const clean = this.#withoutKnown(text);
    return shapes.reduce((left, [shape, replacement]) => left.replace(shape, replacement), clean);
  };

  readonly redactData = <T>(data: T): T => inEveryText(data, this.redact);

  #add(spelling: string): void {
    if (spelling.length < shortest) return;
    const start = spelling.slice(0, shortest);
    const others = this.#spellings.get(start) ?? [];
    if (others.includes(spelling)) return;
    const ordered = [...others, spelling].sort((one, other) => other.length - one.length);
    this.#spellings.set(start, ordered);
  }

  #withoutKnown(text: string): string {
    const parts: string[] = [];
    let kept = 0;
    for (let at = 0; at + shortest <= text.length; at += 1) {
      const length = this.#lengthAt(text, at);
      if (length === 0) continue;
      parts.push(text.slice(kept, at), placeholder);
      kept = at + length;
      at = kept - 1;
    }
    return parts.length === 0 ? text : [...parts, text.slice(kept)].join("");
  }

  /** Length of the secret that begins at a place of a text; 0 where none does. */
  #lengthAt(text: string, at: number): number {
    const candidates = this.#spellings.get(text.slice(at, at + shortest)) ?? [];
    const whole = candidates.find((spelling) => text.startsWith(spelling, at));
    if (whole !== undefined) return whole.length;
    const lengths = candidates.map((spelling) => commonLength(spelling, text, at));
    return lengths.find((length) => ellipsis.test(text.slice(at + length, at + length + 3))) ?? 0;
  }
}

function commonLength(spelling: string, text: string, at: number): number {
  let length = 0;
  while (length < spelling.length && spelling[length] === text[at + length]) length += 1;
  return length;
}
