import { Fn, Op, TerraformVariable, Token, conditional } from "cdktf";
import { Construct } from "constructs";

import type { Sealed } from "../../environments/schema/sealed.ts";
import type { StorageKey } from "../storage/service-users.ts";

/** Inputs of {@link AppSecrets}. */
export interface AppSecretsProps {
  /** Ciphertexts of the environment; absent before its first deployment. */
  readonly sealed: Sealed | undefined;
}

/** A condition of Terraform's own that stops the plan, with the message it shows. */
export interface Precondition {
  readonly condition: string;
  readonly errorMessage: string;
}

/**
 * The values of secret variables in the app spec.
 *
 * App Platform encrypts a secret when it first sees it and wants the ciphertext back ever after: plaintext differs on
 * every plan and redeploys the app on every apply. So a value is the ciphertext of the sealed file as long as the
 * supplied secret is absent or the one that was sealed, and the supplied secret otherwise. A pull request's diff then
 * needs no secret at all, and a rotation is one visible change.
 */
export class AppSecrets extends Construct {
  readonly #sealed: Sealed | undefined;
  readonly #variables = new Map<string, TerraformVariable>();
  /** Components that have no ciphertext yet, by the name of the secret. */
  readonly #unsealed = new Map<string, string[]>();

  constructor(scope: Construct, id: string, { sealed }: AppSecretsProps) {
    super(scope, id);
    this.#sealed = sealed;
  }

  /** Stop a plan for which a secret is neither sealed nor supplied, naming its variable. Complete once the spec is made. */
  get preconditions(): Precondition[] {
    return [...this.#unsealed].map(([name, components]) => ({
      condition: `\${var.${name.toLowerCase()} != null}`,
      errorMessage: `${name} (${components.join(", ")}) is neither sealed nor supplied: export TF_VAR_${name.toLowerCase()}.`,
    }));
  }

  /**
   * Value of a secret that a person supplies as `TF_VAR_<name in lower case>`.
   *
   * @param component component of the app that gets it: the platform encrypts each occurrence by itself.
   */
  supplied(component: string, name: string): string {
    const variable = this.variable(name);
    const sealed = this.#sealed?.components[component]?.[name];
    if (!sealed) {
      this.#unsealed.set(name, [...(this.#unsealed.get(name) ?? []), component]);
      return variable.stringValue;
    }
    const reference = `var.${variable.friendlyUniqueId}`;
    const { ciphertext, fingerprint } = sealed;
    return `\${${reference} == null ? "${ciphertext}" : (sha256(${reference}) == "${fingerprint}" ? "${ciphertext}" : ${reference})}`;
  }

  /** Value of a secret key that the storage stack made; its public id says whether the sealed one still is it. */
  storageKey(component: string, name: string, key: StorageKey): string {
    const secret = Token.asString(Fn.sensitive(key.secret));
    const sealed = this.#sealed?.components[component]?.[name];
    return sealed
      ? Token.asString(conditional(Op.eq(key.id, sealed.fingerprint), sealed.ciphertext, secret))
      : secret;
  }

  private variable(name: string): TerraformVariable {
    const logicalId = name.toLowerCase();
    const existing = this.#variables.get(logicalId);
    if (existing) return existing;
    // No `validation`: Terraform prints the value that fails it, sensitive or not.
    const variable = new TerraformVariable(this, logicalId, { type: "string", sensitive: true });
    variable.addOverride("default", null);
    variable.overrideLogicalId(logicalId);
    this.#variables.set(logicalId, variable);
    return variable;
  }
}
