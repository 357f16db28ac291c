import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { code, table } from "./markdown.ts";

const importPattern =
  /^import \{[^}]*\} from "@cdktf\/provider-(digitalocean|aws)\/lib\/([a-z0-9-]+)\/index\.js";$/gms;
const rawPattern = /terraformResourceType: "([a-z_]+)"/g;

/** Where each kind of resource is made: one file each, so that a reader finds it in ten seconds. */
export function whereIsTable(root: string): string {
  const rows = sourceFiles(root, "constructs").flatMap((file) =>
    resourceTypes(readFileSync(join(root, file), "utf8")).map((type) => [
      code(type),
      `[${file}](${file})`,
    ]),
  );
  return table(
    ["Terraform resource", "File"],
    rows.sort(([first = ""], [second = ""]) => first.localeCompare(second)),
  );
}

function resourceTypes(source: string): string[] {
  const imported = [...source.matchAll(importPattern)]
    .filter(([statement]) => createsResource(statement, source))
    .map(([, provider, name = ""]) => `${provider}_${name.replaceAll("-", "_")}`);
  const raw = [...source.matchAll(rawPattern)].map(([, type = ""]) => type);
  return [...imported, ...raw].filter((type) => type !== "aws_provider");
}

/** Whether a class of the import is constructed: files that only use a type do not make the resource. */
function createsResource(statement: string, source: string): boolean {
  const names = /\{([^}]*)\}/.exec(statement)?.[1]?.split(",") ?? [];
  return names
    .map((name) => name.trim().split(" as ").at(-1) ?? "")
    .some((name) => name !== "" && source.includes(`new ${name}(`));
}

function sourceFiles(root: string, folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .sort();
}
