import { environmentContract } from "../../../constructs/app/contract.ts";
import { migrationJobName } from "../../../constructs/app/context.ts";
import { logCredentials } from "../../../constructs/app/log-destination.ts";
import { componentNames } from "../../../environments/schema.ts";
import { type Check, NotTried, type Observation } from "../../command/check.ts";
import type { Session } from "../../command/session.ts";
import type { DoctorContext } from "../context.ts";
import { needing } from "../needing.ts";

/** Bytes that a signing key has at least: as many as the hash that it keys, HMAC-SHA-256 (RFC 2104, section 3). */
const leastKeyBytes = 32;

/** A secret that a person supplies once, and the components that get it. */
interface SuppliedSecret {
  readonly name: string;
  readonly holders: readonly string[];
}

/** The secrets of the app. None of these checks ever says a value. */
export const secretChecks: readonly Check<DoctorContext>[] = [
  {
    id: "secrets-available",
    severity: "error",
    what: "Every secret is sealed for each of its components, or supplied.",
    why: "The plan of the app stops at the first secret that nobody has.",
    fix: "export the secret as TF_VAR_<name in lower case>, and seal it after the deployment",
    look: ({ session }) => {
      if (session.environment.config.state.backend.kind === "hcp") {
        throw new NotTried("HCP Terraform's workspaces have the variables");
      }
      return missingSecrets(session);
    },
  },
  {
    id: "signing-key-length",
    severity: "error",
    what: `Every signing key that is supplied has ${leastKeyBytes} bytes or more.`,
    why: "A shorter key can be guessed from one signed link, and every link can then be forged.",
    fix: "supply a longer one, such as `openssl rand -hex 32` makes",
    look: ({ session: { supplied } }) =>
      signingKeyNames.flatMap((name) => {
        const bytes = Buffer.byteLength(supplied[name] ?? "");
        if (supplied[name] === undefined || bytes >= leastKeyBytes) return [];
        const expected = `${leastKeyBytes} bytes or more`;
        const fix = `export TF_VAR_${name.toLowerCase()}=$(openssl rand -hex 32)`;
        return [{ resource: name, expected, found: `${bytes} bytes`, fix }];
      }),
  },
  ...needing("digitalOcean", [
    {
      id: "sealed-for-this-app",
      severity: "error",
      what: "The sealed secrets are those of the app that stands.",
      why: "App Platform can decrypt a ciphertext for the one app that it was made for, and for no other.",
      fix: "remove the sealed file, supply the secrets, and seal them again after the deployment",
      look: async ({ session: { environment, releases }, app }) => {
        const { sealed, config } = environment;
        if (!sealed) return [];
        const standing = (await app())?.id;
        if (standing === sealed.app) return [];
        return [
          {
            resource: `${releases}/${config.name}.sealed.json`,
            expected: standing === undefined ? "no such file, as no app stands" : `app ${standing}`,
            found: `app ${sealed.app}`,
          },
        ];
      },
    },
  ]),
];

const contractSecrets = environmentContract.filter(({ source }) => source.kind === "secret");

/** Every secret of the contract is a slot of a signing key; the log service's credential is not in it. */
const signingKeyNames = contractSecrets.map(({ name }) => name);

function suppliedSecrets({ environment: { config } }: Session): SuppliedSecret[] {
  const { kind } = config.logs.destination;
  const logs = Object.entries(logCredentials).filter(([service]) => service === kind);
  return [
    ...contractSecrets,
    ...logs.map(([, name]) => ({ name, holders: [...componentNames, migrationJobName] })),
  ];
}

function missingSecrets(session: Session): Observation[] {
  return suppliedSecrets(session).flatMap(({ name, holders }) => {
    const unsealed = holders.filter((holder) => !isSealed(session, holder, name));
    if (unsealed.length === 0 || session.supplied[name] !== undefined) return [];
    const found = `neither, for ${unsealed.join(", ")}`;
    const fix = `export TF_VAR_${name.toLowerCase()}=…`;
    return [{ resource: name, expected: "sealed or supplied", found, fix }];
  });
}

function isSealed({ environment: { sealed } }: Session, holder: string, name: string): boolean {
  return sealed?.components[holder]?.[name] !== undefined;
}
