/** What the rules and the cost estimate need to know about a GPU Droplet size. */
export interface GpuSize {
  /** The card, as its maker calls it. */
  readonly card: string;
  /** Whether the card has an encoder of video (NVENC). Without one it makes no preview faster than a CPU. */
  readonly encodes: boolean;
  /** Datacentres in which the size was sold. Stock changes within minutes; GET /v2/sizes says what there is now. */
  readonly datacentres: readonly string[];
  /** US dollars an hour, from the moment a Droplet is made until it is destroyed; undefined where no price was found. */
  readonly hourlyUsd?: number;
}

/**
 * The sizes with one card, by slug, as they were on 2026-05-28.
 *
 * Sources: prices of docs.digitalocean.com/products/droplets/details/pricing (28 May 2026; that of the RTX 4000 from its
 * copy of 2025, that of the RTX 6000 is the lowest of two that were published); slugs and datacentres as GET /v2/sizes
 * answered, in public repositories; encoders from NVIDIA's table "Video Encode and Decode GPU Support Matrix", in which
 * the compute cards have none. The MI300X is AMD's, and has no encoder either.
 */
export const gpuSizes: Readonly<Record<string, GpuSize>> = {
  "gpu-4000adax1-20gb": {
    card: "RTX 4000 Ada",
    encodes: true,
    datacentres: ["tor1"],
    hourlyUsd: 0.76,
  },
  "gpu-6000adax1-48gb": {
    card: "RTX 6000 Ada",
    encodes: true,
    datacentres: ["tor1"],
    hourlyUsd: 1.57,
  },
  "gpu-l40sx1-48gb": { card: "L40S", encodes: true, datacentres: ["tor1"], hourlyUsd: 1.57 },
  "gpu-h100x1-80gb": {
    card: "H100",
    encodes: false,
    datacentres: ["nyc2", "tor1"],
    hourlyUsd: 3.39,
  },
  "gpu-h200x1-141gb": { card: "H200", encodes: false, datacentres: [] },
  "gpu-mi300x1-192gb": {
    card: "MI300X",
    encodes: false,
    datacentres: ["atl1"],
    hourlyUsd: 1.99,
  },
};

/** Whether a card that encodes is sold in a datacentre. */
export function sellsCards(datacentre: string): boolean {
  return encodingSizes.some((slug) => gpuSizes[slug]?.datacentres.includes(datacentre));
}

/** Slugs of the sizes whose card encodes, the cheapest first. */
export const encodingSizes: readonly string[] = Object.keys(gpuSizes).filter(
  (slug) => gpuSizes[slug]?.encodes,
);

/** Hours by which a month is estimated: 365 days by twelve. */
export const hoursOfMonth = 730;

/** US dollars that machines of a size cost in a month, rounded; undefined where no price was found. */
export function gpuMonth(size: string, count: number): number | undefined {
  const hourly = gpuSizes[size]?.hourlyUsd;
  return hourly === undefined ? undefined : Math.round(hourly * hoursOfMonth * count);
}
