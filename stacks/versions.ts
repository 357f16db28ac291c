/**
 * The versions that everything was measured with, pinned exactly and in this one place.
 *
 * - terraform: also in `.terraform-version`, which version managers read; a test holds the two together.
 * - digitalocean: the bindings (13.14.1) ask for 2.71.0, in which a new ingress rule inherits host and CORS of the one
 *   it is put before. Fixed in 2.91.0.
 * - aws: 6.23 to 6.25, the newest that bindings exist for, cannot manage a bucket on Wasabi.
 */
export const versions = { terraform: "1.11.4", digitalocean: "2.99.1", aws: "5.100.0" } as const;
