import { EmbeddedProvider, type ProviderDefinition } from "../../src/engine/provider.ts";
import type { ResourceType } from "../../src/engine/resource.ts";
import { providerHost } from "../../src/engine/host.ts";
import { reattachProviders } from "../../src/protocol/reattach.ts";
import { serveProvider } from "../../src/protocol/service.ts";
import type { BlockSchema } from "../../src/schemas/index.ts";
import { TerraformDirectory } from "./terraform.ts";

const address = "registry.terraform.io/rehearsal/probe";
const nothing: BlockSchema = { attributes: {}, block_types: {} };

/** A resource type made for a test, with what its schema says. */
export type ProbeResource = Omit<ResourceType<object>, "type"> & { readonly block: BlockSchema };

/** A provider that exists for a test only, so that the engine can be shown what no real resource does. */
export async function openProbe(resources: Readonly<Record<string, ProbeResource>>) {
  const waits: number[] = [];
  const definition: ProviderDefinition<object> = {
    schema: {
      address,
      version: "1.0.0",
      provider: { version: 0, block: nothing },
      resource_schemas: Object.fromEntries(
        Object.entries(resources).map(([type, { block }]) => [type, { version: 0, block }]),
      ),
    },
    resources: Object.entries(resources).map(([type, resource]) => ({ ...resource, type })),
    configure: () => ({}),
    release: () => undefined,
  };
  const clock = {
    now: () => new Date(),
    sleep: (seconds: number) => {
      waits.push(seconds);
      return Promise.resolve();
    },
  };
  const provider = new EmbeddedProvider(definition, providerHost(clock));
  const { port, close } = await serveProvider(provider.handlers());
  const directories: TerraformDirectory[] = [];
  return {
    /** How long was waited, in virtual seconds, wait by wait. */
    waits,
    findings: () => provider.findings(),
    configuration: (resource: object) => ({
      terraform: { required_providers: { probe: { source: "rehearsal/probe" } } },
      resource,
    }),
    directory: () => {
      const directory = new TerraformDirectory(reattachProviders([{ provider: address, port }]));
      directories.push(directory);
      return directory;
    },
    close: async () => {
      directories.forEach((directory) => {
        directory.remove();
      });
      close();
      await provider.close();
    },
  };
}

/** An optional attribute of a test's resource. */
export const optional = (type: BlockSchema["attributes"][string]["type"]) => ({
  type,
  optional: true,
});

/** An attribute that the provider alone decides. */
export const computed = { type: "string", computed: true } as const;

/** The id that every resource has. */
export const id = { type: "string", computed: true, optional: true } as const;

/** A running provider of a test. */
export type Probe = Awaited<ReturnType<typeof openProbe>>;
