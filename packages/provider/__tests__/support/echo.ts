import type { CallHandlers } from "../../src/protocol/messages.ts";
import { reattachProviders } from "../../src/protocol/reattach.ts";
import { schemaMessage } from "../../src/protocol/schema-message.ts";
import { serveProvider } from "../../src/protocol/service.ts";
import { blockType } from "../../src/values/block-type.ts";
import { decodeValue, encodeValue } from "../../src/values/codec.ts";
import { valueFromStateJson } from "../../src/values/state-json.ts";
import { memberOf, membersOf, UNKNOWN, type ObjectValue } from "../../src/values/value.ts";
import type { BlockSchema, Schema } from "../../src/schemas/index.ts";
import { id } from "./probe.ts";
import { TerraformDirectory } from "./terraform.ts";

const address = "registry.terraform.io/rehearsal/echo";

/**
 * A provider that gives back every value as it came. It does without the flag that silences Terraform's own checks, so
 * that Terraform refuses whatever the codec gets wrong: each planned value has to be the configured one, each applied
 * value the planned one.
 *
 * @param block of its one resource type, `echo_it`.
 */
export async function openEcho({ attributes, block_types }: BlockSchema) {
  const block: BlockSchema = { attributes: { ...attributes, id }, block_types };
  const schema: Schema = { version: 0, block };
  const type = blockType(block);
  const received: ObjectValue[] = [];
  const answer = (value: ObjectValue) => ({ msgpack: encodeValue(value, type) });
  const handlers: CallHandlers = {
    GetSchema: () => ({
      provider: schemaMessage({ version: 0, block: { attributes: {}, block_types: {} } }),
      resource_schemas: { echo_it: schemaMessage(schema) },
      diagnostics: [],
      server_capabilities: { get_provider_schema_optional: true },
    }),
    PrepareProviderConfig: ({ config }) => ({ prepared_config: config, diagnostics: [] }),
    ValidateResourceTypeConfig: () => ({ diagnostics: [] }),
    Configure: () => ({ diagnostics: [] }),
    Stop: () => ({ Error: "" }),
    UpgradeResourceState: ({ raw_state: { json } }) => {
      const stored = valueFromStateJson(Buffer.from(json).toString("utf8"), type);
      return { upgraded_state: answer(membersOf(stored)), diagnostics: [] };
    },
    ReadResource: ({ current_state, ...request }) => ({
      new_state: current_state,
      private: request.private,
      diagnostics: [],
    }),
    PlanResourceChange: ({ config, prior_state, prior_private }) => {
      const wanted = membersOf(decodeValue(config.msgpack, type));
      const known = memberOf(decodeValue(prior_state.msgpack, type), "id");
      received.push(wanted);
      return {
        planned_state: answer({ ...wanted, id: known ?? UNKNOWN }),
        requires_replace: [],
        planned_private: prior_private,
        legacy_type_system: false,
        diagnostics: [],
      };
    },
    ApplyResourceChange: ({ planned_state, planned_private }) => ({
      new_state: answer({ ...membersOf(decodeValue(planned_state.msgpack, type)), id: "it" }),
      private: planned_private,
      legacy_type_system: false,
      diagnostics: [],
    }),
    ImportResourceState: () => ({ imported_resources: [], diagnostics: [] }),
  };
  const { port, close } = await serveProvider(handlers);
  const directory = new TerraformDirectory(reattachProviders([{ provider: address, port }]));
  return {
    type,
    directory,
    /** The configurations that Terraform sent, in their order. */
    received,
    /** The resource in the state file, digit by digit. */
    stored: () => {
      const instance = ["object", { attributes: type }] as const;
      const resource = ["object", { type: "string", instances: ["list", instance] }] as const;
      const state = valueFromStateJson(directory.stateText(), [
        "object",
        { resources: ["list", resource] },
      ]);
      const resources = memberOf(state, "resources") as readonly ObjectValue[];
      const [stored] = resources.filter((one) => one.type === "echo_it");
      return membersOf(memberOf((stored?.instances as readonly ObjectValue[])[0], "attributes"));
    },
    close: () => {
      directory.remove();
      close();
    },
  };
}
