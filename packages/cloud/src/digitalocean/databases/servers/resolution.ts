import { type DnsAnswer, type RecordType, responseCodes } from "../../../internet/dns-answer.ts";

/**
 * Where a public host of a database is on this machine: the answer to a question for `_<port>._tcp.<host>` (RFC 2782).
 * The platform has no such records. Here they stand for the address of a host, because every cluster needs the port that
 * it says it has, and this machine has each of them once.
 *
 * @param places `host:port` of the public hosts, and the address with port at which each is reached.
 * @returns undefined for a name that is no such host's.
 */
export function resolveDatabase(
  places: Readonly<Record<string, string>>,
  name: string,
  type: RecordType | undefined,
): DnsAnswer | undefined {
  const [, ownPort = "", host = ""] = /^_(\d+)\._tcp\.(.+)$/.exec(name) ?? [];
  const place = places[`${host}:${ownPort}`];
  if (type !== "SRV" || place === undefined) return undefined;
  const [target = "", port = ""] = place.split(":");
  return {
    code: responseCodes.answered,
    records: [{ name, type, target, port: Number(port) }],
  };
}
