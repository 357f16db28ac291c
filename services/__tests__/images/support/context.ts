import { readFileSync } from "node:fs";
import { cp, mkdir, readdir, symlink } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

import dockerignore from "@balena/dockerignore";

import { services } from "./dockerfile.ts";

// Its types describe an ES module; it is one in CommonJS, whose exports are this function.
const ignore = dockerignore as unknown as typeof dockerignore.default;
const rules = ignore().add(readFileSync(join(services, ".dockerignore"), "utf8"));

/** Folders of services/ that are packages of their own. */
export const { workspaces } = JSON.parse(readFileSync(join(services, "package.json"), "utf8")) as {
  readonly workspaces: readonly string[];
};

/** Whether `docker build` sends a file or folder to the builder: a path below services/. */
export const isInContext = (path: string): boolean => !rules.ignores(path);

/** Copies what `docker build` would send, and puts packages beside it as `npm ci` would. */
export async function copyContext(target: string): Promise<void> {
  await cp(services, target, {
    recursive: true,
    filter: (source) =>
      relative(services, source) === "" || isInContext(relative(services, source)),
  });
  for (const name of await installedPackages())
    await link(join(services, "node_modules", name), join(target, "node_modules", name));
  for (const workspace of workspaces)
    await link(join(target, workspace), join(target, "node_modules/@mam-services", workspace));
}

/** Names of the packages from the registry that are installed here. */
async function installedPackages(): Promise<string[]> {
  const names = await readdir(join(services, "node_modules"));
  const scopes = names.filter((name) => name.startsWith("@") && name !== "@mam-services");
  const scoped = scopes.map(async (scope) => {
    const inside = await readdir(join(services, "node_modules", scope));
    return inside.map((name) => join(scope, name));
  });
  return [...names.filter((name) => !/^[@.]/.test(name)), ...(await Promise.all(scoped)).flat()];
}

async function link(to: string, path: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await symlink(to, path);
}
