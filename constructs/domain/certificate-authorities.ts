/**
 * The authorities that App Platform gets certificates from. A zone that names others, or only one of them, loses HTTPS
 * at the next renewal. Source: docs.digitalocean.com/products/app-platform/how-to/manage-domains.
 */
export const certificateAuthorities = ["letsencrypt.org", "pki.goog"] as const;
