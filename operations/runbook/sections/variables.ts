import { environmentContract } from "../../../constructs/app/contract.ts";
import type { ContractVariable } from "../../../constructs/app/contract/variable.ts";
import { valueAt } from "../../../environments/rules/findings.ts";
import type { EnvironmentConfig } from "../../../environments/schema/environment.ts";
import { type Section, heading, steps, table, text, toHeading } from "../model.ts";
import { variableSource } from "../variable-source.ts";

/** Every variable of the components: what it means, who gets it, where it comes from. */
export function variablesSection(config: EnvironmentConfig): Section {
  const { name } = config;
  return {
    title: "Variables",
    goals: [{ want: "change a variable", title: "Change a variable" }],
    blocks: [
      text(
        `What the services are told, from the one table that the app is made from. A value that is a field of \`environments/${name}.ts\` is shown as it is here. Secrets are described under ${toHeading("secrets", "Secrets")}.`,
      ),
      table(
        ["Variable", "Component", "Source", "Here", "Meaning"],
        environmentContract
          .filter(({ leftOut }) => !leftOut?.isSo(config))
          .map((variable) => [
            `\`${variable.name}\``,
            variable.components.join(", "),
            variableSource(variable),
            valueOf(config, variable),
            variable.meaning,
          ]),
      ),
      heading("Change a variable"),
      steps(
        `Change its source: the field in \`environments/${name}.ts\`, or its row in \`constructs/app/contract/\`. A value that is typed into the control panel lasts until the next deployment, and \`mam plan ${name}\` names it, with the line that keeps it.`,
        `\`npx mam plan ${name}\` shows what would change, and what is deployed again.`,
        `\`npx mam deploy ${name}\`. Instances are replaced one by one, without an interruption.`,
      ),
    ],
  };
}

/** The value that a field of the environment gives, where it is the same for every component. */
function valueOf(config: EnvironmentConfig, { source, components }: ContractVariable): string {
  if (source.kind !== "value") return "secret";
  const { field } = source;
  if (!field) return "";
  const values = components.map((component) =>
    valueAt(config, field.path.replace("{component}", component)),
  );
  const shown = new Set(values.map((value) => shownValue(value, field.factor)));
  return shown.size === 1 ? [...shown].join("") : "one for each";
}

function shownValue(value: unknown, factor: number): string {
  if (typeof value === "number") return `\`${value * factor}\``;
  return typeof value === "string" ? `\`${value}\`` : "";
}
