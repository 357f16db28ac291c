/** Variables that every Terraform gets when they are set, and why. Everything else that is set is withheld. */
export const passedOnVariables: readonly {
  readonly names: readonly string[];
  readonly why: string;
}[] = [
  {
    names: ["PATH", "HOME", "USER", "LOGNAME", "TMPDIR", "LANG", "LC_ALL", "TZ"],
    why: "what every program needs: where programs, settings and temporary files are, who runs it, its language and time",
  },
  {
    names: ["HTTPS_PROXY", "HTTP_PROXY", "NO_PROXY", "https_proxy", "http_proxy", "no_proxy"],
    why: "the way out of a network with a proxy",
  },
  {
    names: ["SSL_CERT_FILE", "SSL_CERT_DIR", "AWS_CA_BUNDLE"],
    why: "certificate authorities of a network whose proxy looks into TLS",
  },
  {
    names: [
      "TF_CLI_CONFIG_FILE",
      "TF_PLUGIN_CACHE_DIR",
      "TF_PLUGIN_CACHE_MAY_BREAK_DEPENDENCY_LOCK_FILE",
      "TF_REGISTRY_DISCOVERY_RETRY",
      "TF_REGISTRY_CLIENT_TIMEOUT",
      "XDG_DATA_HOME",
      "XDG_DATA_DIRS",
    ],
    why: "where providers come from: a mirror, a cache, and how patiently the registry is asked",
  },
  {
    names: ["TF_REATTACH_PROVIDERS"],
    why: "providers that run already, as in a rehearsal",
  },
  {
    names: [
      "ASDF_DIR",
      "ASDF_DATA_DIR",
      "ASDF_CONFIG_FILE",
      "MISE_DATA_DIR",
      "MISE_CONFIG_DIR",
      "MISE_CACHE_DIR",
      "MISE_STATE_DIR",
      "TENV_ROOT",
      "TFENV_ROOT",
      "TFENV_CONFIG_DIR",
      "TFENV_TERRAFORM_VERSION",
    ],
    why: "where a version manager keeps Terraform, when `terraform` is its program that starts the right one",
  },
  {
    names: ["GOGC", "GOMEMLIMIT", "GOMAXPROCS"],
    why: "how much memory and how many processors a program written in Go may take",
  },
];

/** Tokens of private registries and mirrors, one for each host: TF_TOKEN_registry_example_com. */
const registryToken = "TF_TOKEN_";

const names = new Set(passedOnVariables.flatMap((group) => group.names));

/** Whether every Terraform gets a variable. */
export function passedOn(name: string): boolean {
  return names.has(name) || name.startsWith(registryToken);
}
