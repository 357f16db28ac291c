/** The hosts that the page may speak to beside its own, which has the API too. */
export interface Hosts {
  /** Base of the edge: previews and posters. */
  readonly media: string;
  /** Endpoint of storage: parts of uploads. */
  readonly storage: string;
}

/**
 * The page's content security policy: everything from its own host, and of others only what the page is there for.
 *
 * `blob:` is for hls.js, which hands the video what it loaded as an object of the page: without it the video fails and
 * hls.js says nothing. No script or style stands in the page itself, so none has to be allowed there.
 */
export function contentSecurityPolicy({ media, storage }: Hosts): string {
  const [mediaOrigin, storageOrigin] = [new URL(media).origin, new URL(storage).origin];
  const directives = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": `'self' ${mediaOrigin}`,
    "media-src": `blob: ${mediaOrigin}`,
    "connect-src": `'self' ${mediaOrigin} ${storageOrigin}`,
    "base-uri": "'none'",
    "form-action": "'none'",
    "frame-ancestors": "'none'",
    "require-trusted-types-for": "'script'",
    "trusted-types": "'none'",
  };
  return Object.entries(directives)
    .map(([name, sources]) => `${name} ${sources}`)
    .join("; ");
}

/**
 * Headers of every answer.
 *
 * The address of a shared page is its key: `no-referrer` keeps it from other hosts, `noindex` from search engines.
 */
export const securityHeaders = (hosts: Hosts): Readonly<Record<string, string>> => ({
  "content-security-policy": contentSecurityPolicy(hosts),
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
  "referrer-policy": "no-referrer",
  "strict-transport-security": "max-age=31536000",
  "x-content-type-options": "nosniff",
  "x-robots-tag": "noindex, nofollow",
});
