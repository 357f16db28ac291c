import { BlockList, isIP } from "node:net";

/** The environment variables of a process. */
type Variables = Readonly<Record<string, string | undefined>>;

/** Where a request goes to. */
export interface Destination {
  readonly protocol: string;
  readonly host: string;
  readonly port: number;
}

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/**
 * The proxy by which a destination is reached; undefined for none. The rules are those of Go's programs, so that `mam`
 * and Terraform go the same way (golang.org/x/net/http/httpproxy): HTTPS_PROXY and HTTP_PROXY by protocol, NO_PROXY with
 * names, suffixes, addresses, ranges and ports, and never a proxy to this machine itself.
 *
 * @throws Error when the proxy's address is none.
 */
export function proxyFor(destination: Destination, variables: Variables): URL | undefined {
  const name = destination.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY";
  const address = valueOf(variables, name);
  if (address === undefined || isExcepted(destination, valueOf(variables, "NO_PROXY") ?? "")) {
    return undefined;
  }
  try {
    return new URL(address.includes("://") ? address : `http://${address}`);
  } catch {
    throw new Error(`${name} is no address of a proxy: expected http://host:port`);
  }
}

/** Whether any request can go by a proxy. */
export function hasProxy(variables: Variables): boolean {
  return ["HTTPS_PROXY", "HTTP_PROXY"].some((name) => valueOf(variables, name) !== undefined);
}

function valueOf(variables: Variables, name: string): string | undefined {
  return [variables[name], variables[name.toLowerCase()]].find((value) => value);
}

function isExcepted({ host, port }: Destination, exceptions: string): boolean {
  const bare = host.toLowerCase().replace(/^\[|\]$/g, "");
  const family = isIP(bare) === 6 ? "ipv6" : "ipv4";
  if (bare === "localhost" || (isIP(bare) !== 0 && loopback.check(bare, family))) return true;
  return exceptions
    .toLowerCase()
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .some((one) => one === "*" || isMeant(one, bare, port));
}

/** Whether an exception means a host: `example.com` with all below it, `.example.com`, `10.0.0.0/8`, each with a port. */
function isMeant(exception: string, host: string, port: number): boolean {
  if (exception.includes("/")) return isWithin(exception, host);
  const [, name = exception, only] = /^(.*[^:]):(\d+)$/.exec(exception) ?? [];
  if (only !== undefined && Number(only) !== port) return false;
  const bare = name.replace(/^\[|\]$/g, "");
  if (isIP(bare) !== 0) return bare === host;
  const suffix = bare.replace(/^\*\./, ".");
  return suffix.startsWith(".")
    ? host.endsWith(suffix)
    : host === suffix || host.endsWith(`.${suffix}`);
}

function isWithin(range: string, host: string): boolean {
  const [network = "", bits] = range.split("/");
  const [family, own] = [isIP(network), isIP(host)];
  if (family === 0 || family !== own) return false;
  const list = new BlockList();
  const kind = family === 6 ? "ipv6" : "ipv4";
  list.addSubnet(network, Number(bits), kind);
  return list.check(host, kind);
}
