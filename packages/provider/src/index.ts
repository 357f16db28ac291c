/** The Terraform providers of DigitalOcean and AWS in this process: {@link startProviders} serves them. */
export { type ProviderOptions, type RunningProviders, startProviders } from "./server.ts";
export { awsResources } from "./resources/aws/index.ts";
export { digitaloceanResources } from "./resources/digitalocean/index.ts";
