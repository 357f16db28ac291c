/** Typed clients of DigitalOcean, Wasabi and Spaces. Nothing is read from the environment. */
export type { AwsOptions } from "./aws-sdk.ts";
export { type DigitalOcean, type DigitalOceanOptions, createDigitalOcean } from "./digitalocean.ts";
export { DigitalOceanError } from "./digitalocean/error.ts";
export { createSpaces } from "./spaces.ts";
export { createWasabiIam, createWasabiStorage, createWasabiSts } from "./wasabi.ts";
