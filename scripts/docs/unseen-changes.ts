import { otherOperations, unseen } from "../../rehearsal/scenarios/hostile/drift/unseen.ts";
import { code, generatedPage, table } from "./markdown.ts";

const introduction = `
What a person can change in DigitalOcean's control panel, and neither \`mam plan\`, \`mam drift\` nor \`mam verify\` says. The act \`drift\`
of [the rehearsal](rehearsal.md) changes every field of what stands that the platform's published description knows, lets real
Terraform and \`mam\` look, and fails for a field that nothing says and that is not in this list.

\`mam drift\` says a change in one of two ways: a deployment puts it back, or it stays, because the environment says nothing of it.
The second is true of most settings of PostgreSQL and Valkey.
`;

/** What no command of `mam` can see. */
export function unseenChangesPage(): string {
  return [
    generatedPage("Changes that nothing sees", introduction),
    table(
      ["Operation", "About", "Field, or what somebody does", "Why"],
      unseen.map(({ operation, about = "", field, why }) => [
        code(operation),
        about,
        code(field),
        why,
      ]),
    ),
    "## Operations that are no change of a field",
    "They change something, and the act does not play them:",
    table(
      ["Operation", "Why"],
      Object.entries(otherOperations).map(([operation, why]) => [code(operation), why]),
    ),
    "",
  ].join("\n\n");
}
