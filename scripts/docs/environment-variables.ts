import { environmentContract } from "../../constructs/app/contract.ts";
import type { ContractVariable } from "../../constructs/app/contract/variable.ts";
import { logCredentials } from "../../constructs/app/log-destination.ts";
import { variableSource } from "../../operations/runbook/variable-source.ts";
import { code, generatedPage, table } from "./markdown.ts";

const introduction = `
What the platform tells the images, and what the images may rely on. The app spec is made from the same table. Secrets
are encrypted by App Platform; everything else can be read in the control panel. A generated secret is known to this
platform only, and \`mam secrets generate\` makes one; a given one comes from whoever checks it, and any value of it is
right. A value that is changed in the control
panel lasts until the next deployment: change its source instead.
`;

/** The contract between the platform and the images. */
export function environmentVariablesPage(): string {
  return [
    generatedPage("Environment variables", introduction),
    table(
      ["Variable", "Component", "Secret", "Source", "Meaning"],
      environmentContract.map((variable) => [
        code(variable.name),
        variable.components.join(", "),
        secrecyOf(variable),
        variableSource(variable),
        meaningOf(variable),
      ]),
    ),
    "## What a person supplies",
    "Each of these is supplied once as a Terraform variable, and sealed after the first deployment ([secrets.md](secrets.md)).",
    table(["Terraform variable", "What it is"], suppliedRows()),
    "",
  ].join("\n\n");
}

/** What a variable means, and where nobody gets it. */
function meaningOf({ meaning, leftOut }: ContractVariable): string {
  return leftOut ? `${meaning} Not given where ${leftOut.where}.` : meaning;
}

/** Which kind of secret a variable is; empty for one that anybody may read. */
function secrecyOf({ source }: ContractVariable): string {
  if (source.kind === "value") return "";
  if (source.kind === "storage-key") return "storage key";
  return source.origin.made === "generated" ? "generated" : `given by ${source.origin.by}`;
}

function suppliedRows(): string[][] {
  const secrets = environmentContract
    .filter(({ source }) => source.kind === "secret")
    .map(({ name, meaning }) => [code(`TF_VAR_${name.toLowerCase()}`), meaning]);
  const credentials = Object.entries(logCredentials).map(([kind, name]) => [
    code(`TF_VAR_${name.toLowerCase()}`),
    `Credential of the log service, with \`logs.destination.kind: "${kind}"\`.`,
  ]);
  return [...secrets, ...credentials];
}
