/** A credential that a command may need: what it is called, where it is made, and what it has to be allowed. */
export interface Credential {
  /** Environment variable that holds it. */
  readonly variable: string;
  readonly what: string;
  /** Where a person makes one. */
  readonly where: string;
  /** What it has to be allowed. */
  readonly scopes: string;
}

const spacesKey = {
  where: "https://cloud.digitalocean.com/spaces/access_keys",
  scopes: "read and write on the state bucket",
};
const wasabiKey = {
  where: "https://console.wasabisys.com/access_keys",
  scopes:
    "what docs/deployer-access.md lists; an administrator of the account has more than enough",
};

/** Every credential that the project knows. None of them is ever written anywhere. */
export const credentials = {
  digitalOceanToken: {
    variable: "DIGITALOCEAN_TOKEN",
    what: "DigitalOcean token",
    where: "https://cloud.digitalocean.com/account/api/tokens",
    scopes:
      "account:read, app, database, domain, insights, monitoring, project, regions:read, registry:read, uptime and vpc with all actions",
  },
  spacesAccessKey: {
    variable: "AWS_ACCESS_KEY_ID",
    what: "Spaces access key of the state bucket",
    ...spacesKey,
  },
  spacesSecretKey: {
    variable: "AWS_SECRET_ACCESS_KEY",
    what: "Spaces secret key of the state bucket",
    ...spacesKey,
  },
  wasabiAccessKey: {
    variable: "TF_VAR_wasabi_access_key",
    what: "Wasabi access key",
    ...wasabiKey,
  },
  wasabiSecretKey: {
    variable: "TF_VAR_wasabi_secret_key",
    what: "Wasabi secret key",
    ...wasabiKey,
  },
  hcpToken: {
    variable: "TF_TOKEN_app_terraform_io",
    what: "HCP Terraform token",
    where: "https://app.terraform.io/app/settings/tokens",
    scopes:
      "read and write the states of the environment's workspaces, lock and unlock them; once, for mam state bootstrap, make workspaces",
  },
} as const satisfies Record<string, Credential>;

/** The credentials of a place of states. */
export function stateCredentials(kind: "spaces" | "hcp" | "local"): readonly Credential[] {
  const { spacesAccessKey, spacesSecretKey, hcpToken } = credentials;
  return { spaces: [spacesAccessKey, spacesSecretKey], hcp: [hcpToken], local: [] }[kind];
}

/** Thrown when a command cannot do anything without something that a person has to provide; the message says what. */
export class NotConfigured extends Error {
  constructor(message: string) {
    super(message);
    this.name = "NotConfigured";
  }
}

/** What a file, a password store or a form of CI puts around a value, and no platform makes part of one. */
const around = /^[\s"']|[\s"']$|[\r\n]/;

/** What is wrong with a credential as it is exported, and the line that mends it; undefined for one that may be right. */
export function wrongValue(
  { variable, where }: Credential,
  value: string | undefined,
): { readonly found: string; readonly fix: string } | undefined {
  if (!value) return { found: "missing", fix: `make one at ${where}, then export ${variable}=…` };
  if (!around.test(value)) return undefined;
  return {
    found: "with a line break, a blank or a quotation mark around it",
    fix: `export ${variable}="$(printf %s "$${variable}" | tr -d "\\"'[:space:]")"`,
  };
}

/**
 * Reads credentials from the environment of the process.
 *
 * @throws NotConfigured naming all that are missing, where each is made and what it has to be allowed, and all that have
 * something around them: a request with a line break in it is never sent.
 */
export function requireCredentials(
  needed: readonly Credential[],
  variables: Readonly<Record<string, string | undefined>>,
): string[] {
  const wrong = needed.flatMap((one) => {
    const { [one.variable]: value } = variables;
    const problem = wrongValue(one, value);
    if (!problem) return [];
    return [
      value ? `${one.variable} is exported ${problem.found}\n  fix: ${problem.fix}` : describe(one),
    ];
  });
  if (wrong.length > 0) throw new NotConfigured(wrong.join("\n"));
  return needed.map(({ variable }) => variables[variable] ?? "");
}

function describe({ variable, what, where, scopes }: Credential): string {
  return `${variable} is missing: ${what}\n  make one   ${where}\n  it needs   ${scopes}\n  then       export ${variable}=…`;
}
