import ipaddr from "ipaddr.js";

/** Whether two IPv4 ranges in CIDR notation share an address. */
export function rangesOverlap(first: string, second: string): boolean {
  const [firstAddress, firstBits] = ipaddr.IPv4.parseCIDR(first);
  const [secondAddress, secondBits] = ipaddr.IPv4.parseCIDR(second);
  return firstAddress.match(secondAddress, Math.min(firstBits, secondBits));
}

/** Whether an IPv4 address lies in a range, or is the same where the range is a plain address. */
export function rangeContains(range: string, address: string): boolean {
  const cidr = range.includes("/") ? range : `${range}/32`;
  return ipaddr.IPv4.parse(address).match(ipaddr.IPv4.parseCIDR(cidr));
}

/** Length of a range's prefix in bits. */
export const prefixLength = (cidr: string) => ipaddr.IPv4.parseCIDR(cidr)[1];

/** Whether a range is one of RFC 1918's private networks. */
export const isPrivate = (cidr: string) => ipaddr.IPv4.parseCIDR(cidr)[0].range() === "private";

/** Whether a text is an IPv4 address or range, which is what a trusted source can be. */
export const isAddressOrRange = (text: string) =>
  ipaddr.IPv4.isValidFourPartDecimal(text) || ipaddr.IPv4.isValidCIDRFourPartDecimal(text);

/** The address at a position of a range: 1 is the first after the network's own. */
export function addressAt(cidr: string, position: number): string {
  const [address] = ipaddr.IPv4.parseCIDR(cidr);
  const value = address.toByteArray().reduce((sum, byte) => sum * 256 + byte, 0) + position;
  return [24, 16, 8, 0].map((shift) => Math.floor(value / 2 ** shift) % 256).join(".");
}
