import { readFileSync } from "node:fs";

import { Command } from "commander";
import { z } from "zod";

import { awsResources, digitaloceanResources } from "@mam-infra/provider";
import {
  awsSchema,
  digitaloceanSchema,
  type ProviderSchema,
} from "@mam-infra/provider/schemas/index";
import { compareBehaviour, readBehaviour } from "./conformance/provider-behaviour.ts";
import { compareFields, printedProvider } from "./conformance/provider-fields.ts";
import {
  keepProviderRecord,
  providerRecord,
  providerSentence,
} from "./conformance/provider-record.ts";

interface Options {
  readonly behaviour?: readonly string[];
  readonly write?: boolean;
}

const help = `
Compares what the embedded providers declare with the programs, field by field. The programs are not needed, only what
\`terraform providers schema -json\` printed with them: packages/provider/src/schemas/README.md has the lines. What no schema says
(replacements, defaults, timeouts) is compared with files of the shape {"<type>": {"force_new": […], "defaults": {…}}}.

Examples:
  npm run conformance:provider -- schemas.json
  npm run conformance:provider -- schemas.json --behaviour digitalocean.json aws.json --write

Exit code: 0 when every difference has a reason (scripts/conformance/provider-record.ts), 1 when one has none.`;

const programs = [digitaloceanSchema, awsSchema]
  .map(({ address, version }) => `${address.split("/").at(-1) ?? ""} ${version}`)
  .join(", ");

await new Command("conformance:provider")
  .description("Compares packages/provider with what the programs print of themselves.")
  .argument("<schemas...>", "what terraform printed, of all providers or of one")
  .option("--behaviour <files...>", "what the programs do that their schemas do not say")
  .option("--write", "keep the numbers for the README")
  .addHelpText("after", help)
  .action((files: readonly string[], { behaviour = [], write }: Options) => {
    const printed = files.map(read).flatMap(providersIn);
    const found = [digitaloceanSchema, awsSchema].map((ours) => {
      const theirs = printed.find((one) => holdsTypes(one, ours));
      if (!theirs) throw new Error(`${ours.address} is in none of ${files.join(", ")}`);
      return compareFields(ours, theirs);
    });
    const rows = Object.assign({}, ...behaviour.map(read)) as unknown;
    const behaved = readBehaviour.parse(rows);
    const behaviours = [...digitaloceanResources, ...awsResources].flatMap((resource) =>
      compareBehaviour(resource, behaved[resource.type] ?? {}),
    );
    report(providerRecord(found.flat(), behaviours, programs, new Date()), write ?? false);
  })
  .parseAsync();

function read(file: string): unknown {
  return JSON.parse(readFileSync(file, "utf8"));
}

type Printed = z.infer<typeof printedProvider>;

/** The providers of a file: Terraform prints all of them in one, and one alone may have been kept. */
function providersIn(json: unknown): Printed[] {
  const all = z.object({ provider_schemas: z.record(z.string(), printedProvider) }).safeParse(json);
  return all.success ? Object.values(all.data.provider_schemas) : [printedProvider.parse(json)];
}

function holdsTypes({ resource_schemas: printed }: Printed, ours: ProviderSchema): boolean {
  return Object.keys(ours.resource_schemas).some((type) => type in printed);
}

function report(record: ReturnType<typeof providerRecord>, write: boolean): void {
  const open = record.differences.filter(({ why }) => why === undefined);
  process.stdout.write(
    `${open.map(({ what }) => `✘ ${what}\n`).join("")}${providerSentence(record)}\n`,
  );
  if (write) keepProviderRecord(record);
  process.exitCode = Number(open.length > 0);
}
