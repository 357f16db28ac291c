import { type Mutant, mutants } from "../mutants/mutants.ts";
import { type MutantRecord, readMutantRecord } from "../mutants/record.ts";
import { code, generatedPage, table } from "./markdown.ts";

const introduction = `
Small defects, such as somebody might make, and for each the test that fails and the sentence that names the cause.
\`npm run test:mutants\` puts them, one after the other, into a copy of the project and runs the test: each has to die by its
sentence. \`--fast\` leaves out those whose tests take longer, \`--only gate\` tries those of the gate. The list is
\`scripts/mutants/mutants.jsonl\`, one a line; a test holds that each still has its place and its test.
`;

/** Every mutant, and by what it dies, after what the last run over all came to. */
export function mutantsPage(record = readMutantRecord()): string {
  const areas = [...new Set(mutants.map(({ area }) => area))];
  const sections = areas.map((area) => {
    const rows = mutants.filter((one) => one.area === area).map(row);
    return `## ${area}\n\n${table(["Written", "Instead of", "In", "The test that fails"], rows)}`;
  });
  const page = generatedPage("Mutants", introduction);
  return [page, ...(record ? [lastRun(record)] : []), ...sections, ""].join("\n\n");
}

function lastRun({ on, tried, died, seconds, left }: MutantRecord): string {
  const survivors = left.length === 0 ? "none survived" : `**left: ${left.join(", ")}**`;
  const listed = mutants.length === tried ? "" : ` The list has ${mutants.length} now.`;
  return `The last run over all of them, on ${on}: ${died} of ${tried} died by their sentences, ${survivors}, in ${Math.ceil(seconds / 60)} minutes.${listed} \`npm run test:mutants -- --record\` writes this anew.`;
}

const row = ({ file, find, replace, test, says }: Mutant) => [
  replace === "" ? "nothing" : inCode(oneLine(replace)),
  inCode(oneLine(find)),
  `[${file}](../${file})`,
  `[${says}](../${test})`,
];

/** Code in which a backtick may stand. */
const inCode = (text: string) => (text.includes("`") ? `\`\` ${text} \`\`` : code(text));

const oneLine = (text: string) => text.replaceAll(/\s+/g, " ").trim();
