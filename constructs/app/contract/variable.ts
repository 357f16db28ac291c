import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { valueAt } from "../../../environments/rules/findings.ts";
import type { ServiceRole } from "../../storage/service-roles.ts";
import type { AppContext, VariableComponent } from "../context.ts";

/** Who makes a secret that a person supplies, and what may be asked of it. */
export type SecretOrigin =
  | { readonly made: "generated"; readonly leastBytes: number }
  | { readonly made: "given"; readonly by: string };

/** Where a variable's value comes from. Everything but the two secret sources is readable in the control panel. */
export type VariableSource =
  | {
      readonly kind: "value";
      /** The same in words, for the documentation: a configuration path, a bindable, or what it is made from. */
      readonly from: string;
      readonly of: (context: AppContext, component: VariableComponent) => string;
      /** The field of the configuration that it is, where it is one; `{component}` stands for the one that gets it. */
      readonly field?: { readonly path: string; readonly factor: number };
    }
  | {
      /** Supplied by a person as `TF_VAR_<name in lower case>`, or sealed. */
      readonly kind: "secret";
      readonly origin: SecretOrigin;
    }
  | {
      /** Secret access key of a storage role, made by the storage stack. */
      readonly kind: "storage-key";
      readonly role: ServiceRole;
      /** Variable of the same component with the key's id, which is no secret. */
      readonly id: string;
    };

/** A row of the contract between the platform and the images. */
export interface ContractVariable {
  readonly name: string;
  /** Who gets it. A name has several rows where components get different values for it. */
  readonly components: readonly VariableComponent[];
  readonly source: VariableSource;
  /** What it means to the image that reads it. */
  readonly meaning: string;
  /** Where nobody gets it; default: nowhere. */
  readonly leftOut?: {
    /** In words, behind "where". */
    readonly where: string;
    readonly isSo: (config: EnvironmentConfig) => boolean;
  };
}

/** Whether App Platform has to encrypt the variable. */
export function isSecret({ source }: ContractVariable): boolean {
  return source.kind !== "value";
}

/** A value that is the same everywhere. */
export function constant(value: string): VariableSource {
  return { kind: "value", from: `always \`${value}\``, of: () => value };
}

/** A value made from the environment's configuration, release or databases. */
export function computed(
  from: string,
  of: (context: AppContext, component: VariableComponent) => string,
): VariableSource {
  return { kind: "value", from, of };
}

/**
 * A value of the configuration, by its path. `{component}` in the path stands for the component that gets the variable.
 *
 * @param factor multiplies a number, to convert the configuration's unit into the variable's.
 * @throws TypeError when the path leads to neither text nor a number, which is a mistake in the table.
 */
export function fromConfig(path: string, factor = 1): VariableSource {
  return {
    kind: "value",
    field: { path, factor },
    from: `\`${path}\`${factor === 1 ? "" : ` × ${factor}`}`,
    of: ({ config }, component) => {
      const value = valueAt(config, path.replace("{component}", component));
      if (typeof value === "string") return value;
      if (typeof value === "number") return String(value * factor);
      throw new TypeError(`the contract names ${path}, which is neither text nor a number`);
    },
  };
}

/**
 * A secret that only this platform knows: `mam secrets generate` makes one.
 *
 * Its least length is that of the hash that it keys, HMAC-SHA-256 (RFC 2104, section 3).
 */
export const generatedSecret: VariableSource = {
  kind: "secret",
  origin: { made: "generated", leastBytes: 32 },
};

/**
 * A secret that another party gives out, such as a partner's token. Whatever it is, it is right.
 *
 * @param by who gives it out, as a sentence begins: `the log service`.
 */
export function givenSecret(by: string): VariableSource {
  return { kind: "secret", origin: { made: "given", by } };
}

/**
 * The secret access key of a storage role.
 *
 * @param id variable of the same component with the key's id.
 */
export function storageKey(role: ServiceRole, id: string): VariableSource {
  return { kind: "storage-key", role, id };
}

/** The access key id of a storage role, which is no secret. */
export function storageKeyId(role: ServiceRole): VariableSource {
  return computed(`key of the role \`${role}\``, ({ storageKeys }) => storageKeys[role].id);
}
