/**
 * The versions that everything was measured with, pinned exactly and in this one place.
 *
 * - terraform: the default, also in `.terraform-version`, which version managers read; a test holds the two together.
 * - digitalocean: the bindings (13.14.1) ask for 2.71.0, in which a new ingress rule inherits host and CORS of the one
 *   it is put before. Fixed in 2.91.0.
 * - aws: 6.23 to 6.25, the newest that bindings exist for, cannot manage a bucket on Wasabi.
 */
export const versions = { terraform: "1.11.4", digitalocean: "2.99.1", aws: "5.100.0" } as const;

/**
 * The versions of Terraform that deploy: every act of the rehearsal held with both ends, and with OpenTofu 1.11.5
 * (2026-11-29, docs/node.md). An older one has no lock in a bucket, and a newer one was not tried.
 */
const terraformRange = { from: versions.terraform, below: "1.16.0" } as const;

/** The range as Terraform and npm both write it, but for what stands between its halves. */
const rangeOf = (between: string) => `>=${terraformRange.from}${between}<${terraformRange.below}`;

/** The range as Terraform reads it in `required_version`. */
export const requiredTerraform = rangeOf(", ");

/** The range as npm's `semver` reads it, and as it is shown. */
export const wantedTerraform = rangeOf(" ");
