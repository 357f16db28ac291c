import { certificateAuthorities } from "../../constructs/domain/certificate-authorities.ts";
import type { platformsOf } from "../leftovers/platforms.ts";
import type { Standing, StandingApp } from "./standing.ts";

type Lists = ReturnType<typeof platformsOf>;
type ZoneRecord = Awaited<ReturnType<Lists["records"]>>[number];

const withoutDot = (name: string) => name.replace(/\.$/, "");

/**
 * What records of the zones say that an app may have hosts in: hosts that lead elsewhere, and who may sign certificates.
 *
 * @param zone zone that the app gets a host in, if it has none.
 */
export async function readRecords(
  { records }: Lists,
  app: StandingApp,
  zones: readonly string[],
  zone: string,
): Promise<Pick<Standing, "takenHosts" | "authorities">> {
  const hosts = [zone, ...(app.spec.domains ?? []).map(({ domain }) => domain)];
  const own = zones.filter((one) => hosts.some((host) => host === one || host.endsWith(`.${one}`)));
  const found = await Promise.all(
    own.map(async (one) => ({ zone: one, list: await records(one) })),
  );
  const isOurs = ({ data }: ZoneRecord) =>
    (app.default_ingress ?? "").endsWith(`//${withoutDot(data)}`);
  const leads = (one: ZoneRecord) => ["A", "AAAA", "CNAME"].includes(one.type) && !isOurs(one);
  const takenHosts = found.flatMap(({ zone: of, list }) =>
    list.filter(leads).map(({ name }) => (name === "@" ? of : `${name}.${of}`)),
  );
  const allowed = found.flatMap(({ list }) =>
    list
      .filter(({ type, name }) => type === "CAA" && name === "@")
      .map(({ data }) => withoutDot(data)),
  );
  const known: readonly string[] = certificateAuthorities;
  return { takenHosts, authorities: [...new Set(allowed)].filter((one) => !known.includes(one)) };
}
