/**
 * Variables that Terraform reads and never gets from `mam`, and what each would do. They are named because a person sets
 * them on purpose, or left them over from other work, and `cdktf` goes on handing them to Terraform.
 */
export const withheldVariables: readonly { readonly names: RegExp; readonly would: string }[] = [
  {
    names: /^TF_CLI_ARGS(_\w+)?$/,
    would: "change what a command does, such as leave out all but a -target",
  },
  { names: /^TF_(DATA_DIR|WORKSPACE)$/, would: "make the stacks share one directory or workspace" },
  { names: /^TF_LOG(_\w+)?$/, would: "write requests with their secrets" },
  {
    names: /^AWS_(SESSION_TOKEN|SECURITY_TOKEN)$/,
    would: "be sent along with keys that it does not belong to",
  },
  {
    names:
      /^AWS_(PROFILE|DEFAULT_PROFILE|CONFIG_FILE|SHARED_CREDENTIALS_FILE|ROLE_ARN|WEB_IDENTITY_TOKEN_FILE)$/,
    would: "lend another account's keys or settings",
  },
  { names: /^AWS_ENDPOINT_URL(_\w+)?$/, would: "send keys to another address" },
  { names: /^DIGITALOCEAN_API_URL$/, would: "send the token to another address" },
  { names: /^DIGITALOCEAN_ACCESS_TOKEN$/, would: "be used where DIGITALOCEAN_TOKEN is not set" },
];

/** Variables that are set and withheld, each with what it would do. */
export function withheldAmong(
  variables: Readonly<Record<string, string | undefined>>,
): { readonly name: string; readonly would: string }[] {
  return Object.keys(variables)
    .filter((name) => variables[name] !== undefined && variables[name] !== "")
    .flatMap((name) => {
      const rule = withheldVariables.find(({ names }) => names.test(name));
      return rule ? [{ name, would: rule.would }] : [];
    });
}
