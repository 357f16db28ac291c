import { type ComponentName, componentNames } from "../../environments/schema/environment.ts";
import type { Release } from "../../environments/schema/release.ts";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { repositoryImages } from "../platform/registry.ts";
import type { Described, Remark } from "./remark.ts";
import { type Roles, type StandingComponent, componentsOf } from "./roles.ts";
import type { Standing } from "./standing.ts";

/**
 * The images that run, by digest: a tag is looked up in the registry. A component that runs no image of the registry gets
 * the one of the other environment.
 *
 * @param wanted the environment that it is made for, and the images of the other one.
 */
export async function runningRelease(
  api: DigitalOcean,
  { app }: Standing,
  roles: Roles,
  wanted: { readonly name: string; readonly otherwise: Release },
): Promise<Described<Release>> {
  const running = componentNames.flatMap((role) => {
    const component = componentsOf(app).find((one) => one.name === roles[role]);
    return component?.image?.registry_type === "DOCR" ? [{ role, component }] : [];
  });
  const repositories = running.flatMap(({ component: { image } }) => image?.repository ?? []);
  const known = await repositoryImages(api, repositories);
  const { name, otherwise } = wanted;
  const images: Partial<Record<ComponentName, string>> = {};
  const remarks: Remark[] = [];
  for (const { role, component } of running) {
    const digest = component.image?.digest ?? tagged(component, known);
    if (digest === undefined) remarks.push(unknown(name, role, component));
    else images[role] = digest;
  }
  return { fields: { ...otherwise, images: { ...otherwise.images, ...images } }, remarks };
}

function tagged(
  { image }: StandingComponent,
  known: Awaited<ReturnType<typeof repositoryImages>>,
): string | undefined {
  return known.get(image?.repository ?? "")?.find(({ tags }) => tags?.includes(image?.tag ?? ""))
    ?.digest;
}

const unknown = (
  environment: string,
  role: ComponentName,
  { name, image }: StandingComponent,
): Remark => ({
  fate: "changed",
  about: `the image of ${name}`,
  what: `the registry has no tag ${image?.tag ?? "latest"} of ${image?.repository ?? "it"}: the release names the image of the other environment`,
  todo: `choose one: mam release ${environment} ${role}=<tag>`,
});
