import type { Description } from "../../operations/context/finding.ts";
import { doctorChecks } from "../../operations/doctor/checks.ts";
import { gateRules } from "../../operations/gate/rules.ts";
import { promotionChecks } from "../../operations/promote/checks.ts";
import { sealingChecks } from "../../operations/doctor/secrets.ts";
import { machineChecks } from "../../operations/verify/checks/machines.ts";
import { verifyChecks } from "../../operations/verify/checks.ts";
import { code, generatedPage, table } from "./markdown.ts";

const introduction = `
Everything that is checked, in words. An error stops a deployment; a warning is said and stops nothing. Each finding of a
check names the resource, what was expected and what was found, and often a more exact fix than the one here.
`;

/** A command or a part of one, and what it checks. */
interface Section {
  readonly title: string;
  readonly about: string;
  readonly rows: readonly Description[];
}

const sections: readonly Section[] = [
  {
    title: "Doctor",
    about:
      "`mam doctor` asks them before anything is touched, and `mam deploy` begins with them: [doctor](doctor.md).",
    rows: doctorChecks,
  },
  {
    title: "Gate",
    about:
      "`mam plan` and `mam deploy` hold every plan against them. `--override <rule>=<reason>` lets one pass, and the reason is recorded with the release.",
    rows: gateRules,
  },
  {
    title: "Verify",
    about:
      "`mam verify` asks them from outside, and `mam deploy` ends with them: [verify](verify.md).",
    rows: [...verifyChecks, ...machineChecks],
  },
  {
    title: "Promotion",
    about:
      "`mam promote` holds a release against them before it writes the release file of the environment that it goes to: [promoting](promoting.md). None of them is overridden.",
    rows: promotionChecks,
  },
  {
    title: "Secrets",
    about:
      "`mam secrets check` asks them beside the doctor's own three about secrets: [secrets](secrets.md).",
    rows: sealingChecks,
  },
];

/** Every check and rule, from the data that they are made from. */
export function checksPage(): string {
  const parts = sections.map(({ title, about, rows }) => {
    const cells = rows.map(({ id, severity, what, why, fix }) => [
      code(id),
      severity,
      what,
      why,
      fix,
    ]);
    return `## ${title}\n\n${about}\n\n${table(["Id", "Severity", "What has to hold", "Why", "Fix"], cells)}`;
  });
  return [generatedPage("Checks", introduction), ...parts, ""].join("\n\n");
}
