import { setTimeout } from "node:timers/promises";

import type { ProviderDefinition } from "./engine/provider.ts";
import { EmbeddedProvider } from "./engine/provider.ts";
import type { Variables } from "./engine/provider-config.ts";
import { providerHost, type WaitingClock } from "./engine/host.ts";
import { reattachProviders } from "./protocol/reattach.ts";
import { serveProvider } from "./protocol/service.ts";
import { awsProvider } from "./resources/aws/provider.ts";
import { digitaloceanProvider } from "./resources/digitalocean/provider.ts";

/** How providers are started. */
export interface ProviderOptions {
  /**
   * What their waits go by. A test passes the clock of the platforms that it plays.
   *
   * @defaultValue the wall clock
   */
  readonly clock?: WaitingClock;
  /**
   * Variables that the real provider programs would see, `DIGITALOCEAN_TOKEN` for example. Terraform
   * does not pass its own on, and this process's are never read: they may hold real credentials.
   *
   * @defaultValue none
   */
  readonly environment?: Variables;
  /**
   * Which of them to serve; the others play as programs.
   *
   * @defaultValue both
   */
  readonly names?: readonly ("aws" | "digitalocean")[];
}

/** Providers that Terraform can attach to. */
export interface RunningProviders {
  /**
   * Value of `TF_REATTACH_PROVIDERS`, for Terraform processes that end before {@link close}: one
   * that finds the listeners gone kills this process.
   */
  readonly reattach: string;
  /** Mistakes of the rehearsal itself, as sentences. Each also failed the command in which it arose. */
  findings(): readonly string[];
  close(): Promise<void>;
}

const wallClock: WaitingClock = {
  now: () => new Date(),
  sleep: (seconds) => setTimeout(seconds * 1000),
};

interface Served {
  readonly address: { readonly provider: string; readonly port: number };
  findings(): readonly string[];
  close(): Promise<void>;
}

async function serve<Client>(
  definition: ProviderDefinition<Client>,
  clock: WaitingClock,
): Promise<Served> {
  const provider = new EmbeddedProvider(definition, providerHost(clock));
  const listener = await serveProvider(provider.handlers());
  return {
    address: { provider: definition.schema.address, port: listener.port },
    findings: () => provider.findings(),
    close: async () => {
      listener.close();
      await provider.close();
    },
  };
}

/**
 * Serves the DigitalOcean and the AWS provider inside this process, so that a rehearsal needs no
 * provider programs and no registry.
 */
export async function startProviders({
  clock = wallClock,
  environment = {},
  names = ["aws", "digitalocean"],
}: ProviderOptions = {}): Promise<RunningProviders> {
  const sleep = (seconds: number): Promise<void> => clock.sleep(seconds);
  const start = {
    aws: () => serve(awsProvider(environment, sleep), clock),
    digitalocean: () => serve(digitaloceanProvider(environment, sleep), clock),
  };
  const served = await Promise.all(names.map((name) => start[name]()));
  return {
    reattach: reattachProviders(served.map(({ address }) => address)),
    findings: () => served.flatMap((provider) => provider.findings()),
    close: async () => {
      await Promise.all(served.map((provider) => provider.close()));
    },
  };
}
