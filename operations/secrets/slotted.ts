import {
  type Rotation,
  type SigningKeyName,
  type Slot,
  signingKeyNames,
  slots,
} from "../../environments/schema/rotation.ts";

/** Name of the variable that holds a signing key in a slot: `EDGE_SIGNING_KEY_A`. */
export function slotVariable(key: SigningKeyName, slot: Slot): string {
  return `${variablePrefix(key)}_${slot}`;
}

/** Name of the variable that says which slot of a signing key signs: `EDGE_SIGNING_KEY_ACTIVE`. */
export function selectorVariable(key: SigningKeyName): string {
  return `${variablePrefix(key)}_ACTIVE`;
}

/** Whether a variable holds the slot of a signing key that signs, or the idle one; undefined for any other variable. */
export function slotUse(rotation: Rotation, variable: string): "active" | "idle" | undefined {
  const key = signingKeyOf(variable);
  if (!key) return undefined;
  return slotVariable(key, rotation[key].active) === variable ? "active" : "idle";
}

/** The signing key that a variable holds in one of its slots; undefined for any other variable. */
export function signingKeyOf(variable: string): SigningKeyName | undefined {
  return signingKeyNames.find((key) => slots.some((slot) => slotVariable(key, slot) === variable));
}

/** Environment variable that supplies a secret of the contract to Terraform. */
export function terraformVariable(name: string): string {
  return `TF_VAR_${name.toLowerCase()}`;
}

function variablePrefix(key: SigningKeyName): string {
  return key.toUpperCase().replaceAll("-", "_");
}
