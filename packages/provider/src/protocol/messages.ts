import type { AttributePathMessage, DiagnosticMessage } from "./diagnostic.ts";

/** A value on the wire. Terraform sends msgpack; the JSON form only stands in very old states. */
export interface DynamicValueMessage {
  readonly msgpack: Uint8Array;
}

interface Diagnosed {
  readonly diagnostics: readonly DiagnosticMessage[];
}

/** A block of a schema on the wire. */
export interface BlockMessage {
  readonly attributes: readonly object[];
  readonly block_types: readonly object[];
}

/** A schema on the wire. */
export interface SchemaMessage {
  readonly version: number;
  readonly block: BlockMessage;
}

/** Each call of the protocol: what Terraform sends and what it gets back. */
export interface ProviderCalls {
  GetSchema: {
    request: object;
    response: Diagnosed & {
      readonly provider: SchemaMessage;
      readonly resource_schemas: Readonly<Record<string, SchemaMessage>>;
      readonly server_capabilities: { readonly get_provider_schema_optional: boolean };
    };
  };
  PrepareProviderConfig: {
    request: { readonly config: DynamicValueMessage };
    response: Diagnosed & { readonly prepared_config: DynamicValueMessage };
  };
  ValidateResourceTypeConfig: {
    request: { readonly type_name: string; readonly config: DynamicValueMessage };
    response: Diagnosed;
  };
  Configure: {
    request: { readonly terraform_version: string; readonly config: DynamicValueMessage };
    response: Diagnosed;
  };
  Stop: { request: object; response: { readonly Error: string } };
  UpgradeResourceState: {
    request: { readonly type_name: string; readonly raw_state: { readonly json: Uint8Array } };
    response: Diagnosed & { readonly upgraded_state?: DynamicValueMessage };
  };
  ReadResource: {
    request: {
      readonly type_name: string;
      readonly current_state: DynamicValueMessage;
      readonly private: Uint8Array;
    };
    response: Diagnosed & {
      readonly new_state?: DynamicValueMessage;
      readonly private: Uint8Array;
    };
  };
  PlanResourceChange: {
    request: {
      readonly type_name: string;
      readonly prior_state: DynamicValueMessage;
      readonly proposed_new_state: DynamicValueMessage;
      readonly config: DynamicValueMessage;
      readonly prior_private: Uint8Array;
    };
    response: Diagnosed & {
      readonly planned_state?: DynamicValueMessage;
      readonly requires_replace: readonly AttributePathMessage[];
      readonly planned_private: Uint8Array;
      readonly legacy_type_system: boolean;
    };
  };
  ApplyResourceChange: {
    request: {
      readonly type_name: string;
      readonly prior_state: DynamicValueMessage;
      readonly planned_state: DynamicValueMessage;
      readonly config: DynamicValueMessage;
      readonly planned_private: Uint8Array;
    };
    response: Diagnosed & {
      readonly new_state: DynamicValueMessage;
      readonly private: Uint8Array;
      readonly legacy_type_system: boolean;
    };
  };
  ImportResourceState: {
    request: { readonly type_name: string; readonly id: string };
    response: Diagnosed & {
      readonly imported_resources: readonly {
        readonly type_name: string;
        readonly state: DynamicValueMessage;
        readonly private: Uint8Array;
      }[];
    };
  };
}

/** The name of a call. */
export type CallName = keyof ProviderCalls;

/**
 * What answers the calls. `connection` names the connection a call came over: every provider
 * configuration of a Terraform process has its own, and the calls carry no configuration.
 */
export type CallHandlers = {
  readonly [Name in CallName]: (
    request: ProviderCalls[Name]["request"],
    connection: string,
  ) => ProviderCalls[Name]["response"] | Promise<ProviderCalls[Name]["response"]>;
};
