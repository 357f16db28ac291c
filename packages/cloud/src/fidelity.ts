/**
 * Something that the rehearsal cloud assumes about a platform. The rehearsal is worth as much as these rows: whoever
 * has an account can check each of them with the probe, and mend the row and the test together.
 */
export interface FidelityRow {
  readonly platform: "digitalocean" | "wasabi" | "spaces";
  /** What the platform does, in one sentence. */
  readonly behaviour: string;
  /** Where that is known from: the vendor's page or API description, the provider's source, or a measurement. */
  readonly source: string;
  /** A command line that shows it on a real account. */
  readonly probe: string;
  /** Test file that holds the rehearsal cloud to it, relative to the project. */
  readonly test: string;
}
