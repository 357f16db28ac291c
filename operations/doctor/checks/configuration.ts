import { checkEnvironment } from "../../../environments/loading/check.ts";
import type { Check } from "../../context/check.ts";
import type { DoctorContext } from "../context.ts";

/** What the environment file says. A file that breaks a rule never gets this far: the check only reports that none does. */
export const configurationChecks: readonly Check<DoctorContext>[] = [
  {
    id: "configuration-rules",
    severity: "error",
    what: "The environment holds the schema and every rule.",
    why: "What breaks a rule fails minutes into a deployment, or weeks after it.",
    fix: "change the line that the finding names",
    run: ({ session: { environment } }) => {
      const { config } = environment;
      const file = `environments/${config.name}.ts`;
      return checkEnvironment(config.name, file, config).findings.map(
        ({ path, value, expected, fix }) => ({
          resource: path === "" ? file : `${file}: ${path}`,
          expected,
          found: value,
          fix,
        }),
      );
    },
  },
];
