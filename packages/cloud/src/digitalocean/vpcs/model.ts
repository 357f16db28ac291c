/** A private network as the API shows it. */
export interface Vpc {
  readonly id: string;
  readonly urn: string;
  name: string;
  description: string;
  readonly region: string;
  readonly ip_range: string;
  /** Whether it is the region's default network, which can never be deleted. */
  default: boolean;
  readonly created_at: string;
}
