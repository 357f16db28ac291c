import type { Check, Violation } from "../../context/check.ts";
import { type Secret, inventory } from "../../secrets/inventory.ts";
import { missingSecrets } from "../../secrets/missing.ts";
import { terraformVariable } from "../../secrets/slotted.ts";
import { lookAtFiles, olderFiles } from "../../older-files/older-files.ts";
import type { DoctorContext } from "../context.ts";
import { needing } from "../needing.ts";

/** The secrets of the app. None of these checks ever says a value. */
export const secretChecks: readonly Check<DoctorContext>[] = [
  {
    id: "secrets-available",
    severity: "error",
    what: "Every secret is sealed for each of its components, or supplied.",
    why: "The plan of the app stops at the first secret that nobody has.",
    fix: "export the secret as TF_VAR_<name in lower case>, and seal it after the deployment",
    run: ({ session: { environment, supplied } }) => missingSecrets(environment, supplied),
  },
  {
    id: "signing-key-length",
    severity: "error",
    what: "Every signing key that is supplied has 32 bytes or more.",
    why: "A shorter key can be guessed from one signed link, and every link can then be forged.",
    fix: "supply a longer one, such as `openssl rand -hex 32` makes",
    run: ({ session: { environment, supplied } }) =>
      shortKeys(inventory(environment, supplied), supplied),
  },
  ...needing("digitalOcean", [
    {
      ...olderFiles,
      run: ({ session, past, goingBack }) => lookAtFiles({ ...session, goingBack }, past),
    },
    {
      id: "sealed-for-this-app",
      severity: "error",
      what: "The sealed secrets are those of the app that stands.",
      why: "App Platform can decrypt a ciphertext for the one app that it was made for, and for no other.",
      fix: "remove the sealed file, supply the secrets, and seal them again after the deployment",
      run: async ({ session: { environment, releases }, app }) => {
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

/** Supplied secrets that are shorter than mam would make them. One that somebody else gives out has its own length. */
export function shortKeys(
  secrets: readonly Secret[],
  supplied: Readonly<Record<string, string>>,
): Violation[] {
  return secrets.flatMap(({ name, leastBytes }) => {
    const { [name]: value } = supplied;
    if (leastBytes === undefined || value === undefined) return [];
    const bytes = Buffer.byteLength(value);
    if (bytes >= leastBytes) return [];
    const expected = `${leastBytes} bytes or more`;
    const fix = `export ${terraformVariable(name)}=$(openssl rand -hex ${leastBytes})`;
    return [{ resource: name, expected, found: `${bytes} bytes`, fix }];
  });
}
