import type { IngressRule } from "../spec/spec.ts";

type Cors = NonNullable<IngressRule["cors"]>;
type Matcher = NonNullable<Cors["allow_origins"]>[number];

function matches({ exact, prefix, regex }: Matcher, origin: string): boolean {
  if (exact !== undefined) return exact === origin;
  if (prefix !== undefined) return origin.startsWith(prefix);
  return regex !== undefined && new RegExp(`^(?:${regex})$`).test(origin);
}

/** What a rule says to a page of an origin: nothing where it does not allow it. */
export interface CorsAnswer {
  /** Headers of the answer to a preflight. */
  readonly preflight: readonly [string, string][];
  /** Headers that any other answer gets. */
  readonly answer: readonly [string, string][];
}

const units: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };

const secondsOf = (duration: string) =>
  [...duration.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)].reduce(
    (sum, [, count, unit = ""]) => sum + Number(count) * (units[unit] ?? 0),
    0,
  );

const listed = (name: string, values: readonly string[] | undefined): [string, string][] =>
  values && values.length > 0 ? [[name, values.join(",")]] : [];

/**
 * What an ingress rule's CORS policy makes of an origin. Source: godo 1.202.0, `AppCORSPolicy`; how it is applied is
 * assumed to be Envoy's filter, see fidelity.
 *
 * @param origin the official one, whichever way the request came.
 * @param shown the origin as the browser knows it.
 */
export function corsAnswer(
  cors: Cors | undefined,
  origin: string,
  shown: string,
): CorsAnswer | undefined {
  if (!cors?.allow_origins?.some((matcher) => matches(matcher, origin))) return undefined;
  const { allow_methods, allow_headers, expose_headers, max_age, allow_credentials } = cors;
  const base: [string, string][] = [
    ["access-control-allow-origin", shown],
    ...(allow_credentials
      ? [["access-control-allow-credentials", "true"] as [string, string]]
      : []),
  ];
  return {
    preflight: [
      ...base,
      ...listed("access-control-allow-methods", allow_methods),
      ...listed("access-control-allow-headers", allow_headers),
      ...(max_age === undefined
        ? []
        : [["access-control-max-age", String(secondsOf(max_age))] as [string, string]]),
    ],
    answer: [...base, ...listed("access-control-expose-headers", expose_headers)],
  };
}
