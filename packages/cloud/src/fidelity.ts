/** When and how a behaviour was last seen elsewhere than here. */
interface Verification {
  /** `YYYY-MM-DD`, of what was read or measured. */
  readonly date: string;
  /** What was read or asked, and what that leaves open. */
  readonly how: string;
}

/** What several rows were read in. None of it is an account: there every probe is still to be run. */
export const reading = {
  apiDescription: {
    date: "2026-08-07",
    how: "read in DigitalOcean's API description, digitalocean/openapi 7c1300c4",
  },
  digitalOceanProvider: {
    date: "2026-08-06",
    how: "read in the source of terraform-provider-digitalocean 2.99.1",
  },
  awsProvider: {
    date: "2026-11-23",
    how: "measured with provider 5.100.0 on loopback: what it tolerates, not what Wasabi answers",
  },
  wasabiIamPage: { date: "2025-08-13", how: "read in Wasabi's page of that day" },
} as const satisfies Readonly<Record<string, Verification>>;

/**
 * Something that the rehearsal cloud assumes about a platform. The rehearsal is worth as much as these rows: whoever
 * has an account can check each of them with the probe, and mend the row and the test together.
 */
export interface FidelityRow {
  readonly platform: "digitalocean" | "wasabi" | "spaces" | "hcp";
  /** What the platform does, in one sentence. */
  readonly behaviour: string;
  /** Where that is known from: the vendor's page or API description, the provider's source, or a measurement. */
  readonly source: string;
  /**
   * When it was last verified, and how: on a real account by the probe, or else by what was read or measured. `never` for
   * what is assumed, in whole or in part, and for what was read at a date that nobody noted.
   */
  readonly lastVerified: Verification | "never";
  /** A command line that shows it on a real account. */
  readonly probe: string;
  /** Test file that holds the rehearsal cloud to it, relative to the project. */
  readonly test: string;
}
