import { readFileSync } from "node:fs";
import { join } from "node:path";

import typescript from "typescript";

import { checkEnvironment } from "../../../../environments/loading/check.ts";
import type { Environment } from "../../../../environments/loading/load.ts";
import { importsSchema } from "../../../../environments/schema/imports.ts";
import { releaseSchema } from "../../../../environments/schema/release.ts";
import { nothingRotated } from "../../../../environments/schema/rotation.ts";
import { sealedSchema } from "../../../../environments/schema/sealed.ts";
import type { Adoption } from "../../../../operations/adopt/adopt.ts";
import type { Shape } from "../../../../rehearsal/scenarios/adoption/shape.ts";

/** What a person types to take a shape over. */
export function adoptionOf({ name, spec, options = [] }: Shape, dryRun = false): Adoption {
  const valuesOf = (flag: string) =>
    options.flatMap((word, at) => (word === flag ? [options[at + 1] ?? ""] : []));
  const pairs = (flag: string) =>
    Object.fromEntries(valuesOf(flag).map((text) => text.split("=") as [string, string]));
  const [[postgres], [valkey], [database]] = [
    valuesOf("--postgres"),
    valuesOf("--valkey"),
    valuesOf("--database"),
  ];
  const said = { postgres, valkey, database, buckets: pairs("--bucket") };
  return { name, app: spec.name, ...said, roles: pairs("--component"), dryRun };
}

const parsed = (directory: string, file: string): unknown =>
  JSON.parse(readFileSync(join(directory, file), "utf8"));

/** What the written files say, as the next process reads them. */
export async function writtenEnvironment(
  project: string,
  releases: string,
  name: string,
): Promise<Environment> {
  const text = readFileSync(join(project, `environments/${name}.ts`), "utf8");
  const compilerOptions = { module: typescript.ModuleKind.ESNext };
  const { outputText } = typescript.transpileModule(text, { compilerOptions });
  const exported: unknown = await import(`data:text/javascript,${encodeURIComponent(outputText)}`);
  const input: unknown = Reflect.get(Object(exported), name);
  const { value: config, findings } = checkEnvironment(name, `environments/${name}.ts`, input);
  expect(findings).toEqual([]);
  return {
    config: config!,
    release: releaseSchema.parse(parsed(releases, `${name}.release.json`)),
    imports: importsSchema.parse(parsed(releases, `${name}.imports.json`)),
    rotation: nothingRotated,
  };
}

/** The same once a deployment has sealed its secrets. */
export const sealedEnvironment = (environment: Environment, releases: string): Environment => ({
  ...environment,
  sealed: sealedSchema.parse(parsed(releases, `${environment.config.name}.sealed.json`)),
});
