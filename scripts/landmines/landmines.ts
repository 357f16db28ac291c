import { cdktfLandmines } from "./cdktf.ts";
import { appLandmines } from "./digitalocean-apps.ts";
import { dataLandmines } from "./digitalocean-data.ts";
import { insightsLandmines } from "./insights.ts";
import type { Landmine } from "./landmine.ts";
import { wasabiLandmines } from "./wasabi.ts";

/** Landmines of one field, in the order in which they were first counted, which is their number. */
export interface Minefield {
  readonly title: string;
  /** Letter before the numbers. */
  readonly letter: string;
  readonly landmines: readonly Landmine[];
}

/** Every landmine that was known when the project was designed. */
export const minefields: readonly Minefield[] = [
  { title: "DigitalOcean", letter: "D", landmines: [...appLandmines, ...dataLandmines] },
  { title: "Wasabi and S3", letter: "W", landmines: wasabiLandmines },
  { title: "CDK for Terraform", letter: "C", landmines: cdktfLandmines },
  { title: "Insights", letter: "I", landmines: insightsLandmines },
];
