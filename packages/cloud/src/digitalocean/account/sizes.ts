/** A Droplet size as GET /v2/sizes lists it. */
export interface DropletSize {
  readonly slug: string;
  readonly memory: number;
  readonly vcpus: number;
  readonly disk: number;
  readonly transfer: number;
  readonly price_monthly: number;
  readonly price_hourly: number;
  readonly regions: readonly string[];
  readonly available: boolean;
  readonly description: string;
  readonly gpu_info?: {
    readonly count: number;
    readonly model: string;
    readonly vram: { readonly amount: number; readonly unit: string };
  };
}

const hoursPerMonth = 672;

const basicRegions = [
  "ams3",
  "blr1",
  "fra1",
  "lon1",
  "nyc1",
  "nyc3",
  "sfo3",
  "sgp1",
  "syd1",
  "tor1",
];

const basic = (vcpus: number, gib: number, disk: number, monthly: number): DropletSize => ({
  slug: `s-${vcpus}vcpu-${gib}gb`,
  memory: gib * 1024,
  vcpus,
  disk,
  transfer: gib,
  price_monthly: monthly,
  price_hourly: Number((monthly / hoursPerMonth).toFixed(5)),
  regions: basicRegions,
  available: true,
  description: "Basic",
});

const gpu = (
  slug: string,
  model: string,
  vram: number,
  hourly: number,
  regions: readonly string[],
): DropletSize => ({
  slug,
  memory: 32_768,
  vcpus: 8,
  disk: 500,
  transfer: 10,
  price_monthly: Number((hourly * 744).toFixed(2)),
  price_hourly: hourly,
  regions,
  available: regions.length > 0,
  description: "GPU",
  gpu_info: { count: 1, model, vram: { amount: vram, unit: "gib" } },
});

/**
 * Droplet sizes: the basic ones, those with a GPU that can encode video, and one whose GPU cannot. Sources: DigitalOcean API description,
 * `sizes/responses/all_sizes.yml`; GPU sizes and prices: docs.digitalocean.com/products/droplets/details/pricing. Where
 * a GPU size is sold changes often; Toronto is what was seen.
 */
export const dropletSizes: readonly DropletSize[] = [
  basic(1, 1, 25, 6),
  basic(1, 2, 50, 12),
  basic(2, 2, 60, 18),
  basic(2, 4, 80, 24),
  basic(4, 8, 160, 48),
  basic(8, 16, 320, 96),
  gpu("gpu-4000adax1-20gb", "nvidia_rtx4000_ada", 20, 0.76, ["tor1"]),
  gpu("gpu-6000adax1-48gb", "nvidia_rtx6000_ada", 48, 1.57, ["tor1"]),
  gpu("gpu-h100x1-80gb", "nvidia_h100", 80, 3.39, ["nyc2", "tor1"]),
  gpu("gpu-l40sx1-48gb", "nvidia_l40s", 48, 1.57, ["tor1"]),
];
