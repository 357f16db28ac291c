import { type RecordedComparison, readRecord } from "../../rehearsal/parity/record.ts";
import { code, generatedPage, table } from "./markdown.ts";

const introduction = `
The embedded providers (\`packages/provider\`) stand for two programs that cannot be installed everywhere. Where they can be had,
\`npm run rehearse:parity -- --record\` plays every act with the programs and without, and compares all that stands on the
platforms afterwards, every change that was asked of them, and every attribute in Terraform's states. What came out last is
kept in \`rehearsal/parity/record.json\`, and this page is made from it.

What is another in each rehearsal (ids, times, keys) is replaced before. Named objects are compared by name, not by the
order in which they were made. Acts on demand, which start platforms of their own, are not compared.
`;

/** How the embedded providers compare with the programs. */
export function parityPage(record: readonly RecordedComparison[] = readRecord()): string {
  const rows = record.map((one) => [
    one.environment,
    one.suite,
    one.acts.map(code).join(", "),
    String(one.values),
    String(one.changes),
    String(one.differences.length),
    `${one.on}: ${Object.entries(one.versions)
      .map(([name, version]) => `${name} ${version}`)
      .join(", ")}`,
  ]);
  const head = ["Environment", "Suite", "Acts", "Values", "Changes", "Differences", "Compared"];
  return [
    generatedPage("Parity of the providers", introduction),
    table(head, rows),
    differences(record),
    "",
  ].join("\n\n");
}

function differences(record: readonly RecordedComparison[]): string {
  const rows = record.flatMap(({ environment, suite, differences: found }) =>
    found.map(({ what, why = "**no reason: a mistake of the embedded provider**" }) => [
      `${environment}, ${suite}`,
      code(what),
      why,
    ]),
  );
  return rows.length === 0
    ? "Nothing differs."
    : `## Differences\n\n${table(["Where", "What", "Why"], rows)}`;
}
