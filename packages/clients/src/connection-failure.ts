/** Why a platform cannot be reached, and what a person does about it. */
interface Reason {
  readonly codes: readonly string[];
  readonly says: (now: Date) => string;
  /** Whether asking again cannot help. */
  readonly final?: boolean;
}

/** What mends a clock. */
export const clockAdvice = "set the clock of this machine right (timedatectl set-ntp true)";

/** What the codes of Node.js, OpenSSL and undici mean for a person who types a command. */
const reasons: readonly Reason[] = [
  {
    codes: ["ECONNREFUSED"],
    says: () =>
      "the connection is refused: nothing listens there, or a firewall or proxy refuses it",
  },
  {
    codes: ["ENOTFOUND"],
    says: () => "nobody knows its name: is this machine on a network, and does its resolver work?",
  },
  { codes: ["EAI_AGAIN"], says: () => "the resolver of this machine does not answer" },
  {
    codes: ["ENETUNREACH", "EHOSTUNREACH", "ENETDOWN"],
    says: () => "there is no way to it from this machine: is it on a network?",
  },
  {
    codes: ["ECONNRESET", "EPIPE", "UND_ERR_SOCKET"],
    says: () => "the connection was cut, by the platform or a proxy",
  },
  {
    codes: ["ETIMEDOUT", "UND_ERR_CONNECT_TIMEOUT"],
    says: () => "no connection was made in time: does a firewall let it through?",
  },
  {
    codes: ["UND_ERR_HEADERS_TIMEOUT", "UND_ERR_BODY_TIMEOUT", "TimeoutError"],
    says: () => "it was connected, and no answer came in time",
  },
  {
    codes: ["CERT_NOT_YET_VALID"],
    says: (now) =>
      `its certificate is not valid yet by the clock of this machine, which says ${now.toISOString()}: ${clockAdvice}`,
    final: true,
  },
  {
    codes: ["CERT_HAS_EXPIRED"],
    says: (now) =>
      `its certificate has expired by the clock of this machine, which says ${now.toISOString()}: if that is wrong, ${clockAdvice}`,
    final: true,
  },
  {
    codes: [
      "SELF_SIGNED_CERT_IN_CHAIN",
      "DEPTH_ZERO_SELF_SIGNED_CERT",
      "UNABLE_TO_GET_ISSUER_CERT",
      "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    ],
    says: () =>
      "its certificate is signed by somebody whom this machine does not trust, such as a proxy that opens TLS: export NODE_EXTRA_CA_CERTS=<the proxy's certificate>.pem",
    final: true,
  },
  {
    codes: ["ERR_TLS_CERT_ALTNAME_INVALID"],
    says: () => "its certificate is that of another host: a proxy or a wrong address answers",
    final: true,
  },
  {
    codes: ["EPROTO", "ERR_SSL_WRONG_VERSION_NUMBER", "ERR_SSL_PACKET_LENGTH_TOO_LONG"],
    says: () => "it does not speak TLS: a proxy or a wrong address answers",
    final: true,
  },
];

/** Why a connection came to nothing. */
export interface ConnectionFailure {
  /** The cause and what to do, with what the system said in parentheses. */
  readonly reason: string;
  /** Whether asking again may help. */
  readonly isPassing: boolean;
}

/** Explains an error of a connection; undefined for any other error. */
export function connectionFailure(error: unknown, now = new Date()): ConnectionFailure | undefined {
  for (const one of causes(error)) {
    const code = codeOf(one);
    const found = reasons.find(({ codes }) => code !== undefined && codes.includes(code));
    if (found) {
      const said = one.message === "" ? code : one.message;
      return { reason: `${found.says(now)} (${said})`, isPassing: found.final !== true };
    }
  }
  return undefined;
}

/** An error and what caused it. One of both families of addresses comes as several errors in one. */
function causes(error: unknown): Error[] {
  if (!(error instanceof Error)) return [];
  const inner = error instanceof AggregateError ? (error.errors as unknown[]) : [error.cause];
  return [error, ...inner.flatMap(causes)];
}

function codeOf(error: Error): string | undefined {
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
