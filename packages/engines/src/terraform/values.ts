/** A value of a variable, as text or as a literal of Terraform's language. */
export interface GivenVariable {
  readonly key: string;
  readonly value: string;
  readonly hcl: boolean;
}

/** Values as Terraform reads them from a file with the ending `.tfvars`. */
export function tfvars(variables: readonly GivenVariable[]): string {
  return variables
    .map(({ key, value, hcl }) => `${key} = ${hcl ? value : literal(value)}\n`)
    .join("");
}

/** A text of Terraform's language: as in JSON, where nothing is filled in. */
const literal = (text: string) =>
  JSON.stringify(text).replace(/[$%](?=\{)/g, (sign) => `${sign}${sign}`);
