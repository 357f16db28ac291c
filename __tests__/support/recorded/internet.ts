import type { Resolver } from "node:dns/promises";

import type { Slot } from "../../../environments/schema/rotation.ts";
import type { Internet } from "../../../operations/context/internet.ts";
import { nameServers } from "../../../operations/doctor/zone.ts";
import { signLink } from "../../../operations/verify/playback-link.ts";
import { everySecret } from "./environment.ts";

const day = 86_400_000;

/** The internet as it is when all is well: every host answers, is delegated, and has a certificate that is believed. */
export function anInternet(): Internet {
  const none = () => Promise.reject(Object.assign(new Error("no data"), { code: "ENODATA" }));
  const dns = {
    resolveNs: () => Promise.resolve(nameServers),
    resolveCaa: none,
  } as Partial<Resolver> as Resolver;
  return {
    dns,
    get: (address) => {
      const { protocol, host, pathname } = new URL(address);
      return Promise.resolve(
        protocol === "https:"
          ? { status: statusOf(pathname), location: undefined }
          : { status: 308, location: `https://${host}/` },
      );
    },
    read: (address) =>
      Promise.resolve({ status: 200, location: undefined, body: levelsAt(address) }),
    placeOf: () => Promise.resolve(undefined),
    certificate: () =>
      Promise.resolve({
        distrusted: undefined,
        issuer: "Let's Encrypt",
        expires: new Date(Date.now() + 60 * day),
      }),
    close: () => Promise.resolve(),
  };
}

/** What the service at an address says of its objectives: it meets them. */
function levelsAt(address: string): string {
  const objectives = [
    { name: "error-rate", value: 0.2, threshold: 1, unit: "percent", count: 900, met: true },
  ];
  const service = address.includes("/api/") ? "api" : "edge";
  return JSON.stringify({ status: "met", service, objectives, instances: "all" });
}

/** A page is there; a playback link that holds leads to nothing yet. */
function statusOf(path: string): number {
  const [, expiry, slot, signature, asset = ""] =
    /^\/m\/(\d+)\/(A|B)\/(\w+)\/([^/]+)\//.exec(path) ?? [];
  if (expiry === undefined) return 200;
  const link = { slot: slot as Slot, expires: new Date(Number(expiry) * 1000), asset };
  const expected = signLink(link, everySecret[`EDGE_SIGNING_KEY_${link.slot}`] ?? "");
  return signature === expected && link.expires > new Date() ? 404 : 403;
}
