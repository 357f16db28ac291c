import { z } from "zod";

import { type ComponentName, componentNames } from "../../environments/schema/environment.ts";
import type { Release } from "../../environments/schema/release.ts";
import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { type AppSpec, appSpec } from "@mam-infra/clients/digitalocean/app-spec";
import { repositoryImages } from "../platform/registry.ts";
import type { Described, Remark } from "./remark.ts";
import { type Roles, type StandingComponent, componentsOf } from "./roles.ts";
import type { Standing } from "./standing.ts";

/**
 * The images that run, by digest: of the deployment that serves, which may be another than the spec says, because the last one
 * failed, or because its tag was moved since. A component that runs no image of the registry gets the one of the other
 * environment.
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
  const serving = servingDigests(app);
  const { name, otherwise } = wanted;
  const images: Partial<Record<ComponentName, string>> = {};
  const remarks: Remark[] = [];
  for (const { role, component } of running) {
    const said = component.image?.digest ?? tagged(component, known);
    const digest = serving.get(component.name) ?? said;
    if (digest === undefined) remarks.push(unknown(name, role, component));
    else images[role] = digest;
    if (said !== undefined && digest !== said) remarks.push(older(name, role, component));
  }
  return { fields: { ...otherwise, images: { ...otherwise.images, ...images } }, remarks };
}

const built = z
  .array(z.looseObject({ name: z.string(), source_image_digest: z.string().optional() }))
  .default([]);

const servingSchema = z.looseObject({ services: built, workers: built, spec: appSpec.optional() });

/** Digests of the images that serve, by component. */
function servingDigests({
  spec,
  active_deployment: active,
}: Standing["app"]): ReadonlyMap<string, string> {
  const { services, workers, spec: served } = servingSchema.parse(active ?? {});
  // A digest is one of the repository that was deployed, which the spec may have left since.
  const repositoryIn = (of: AppSpec | undefined, name: string) =>
    [...(of?.services ?? []), ...(of?.workers ?? [])].find((one) => one.name === name)?.image
      ?.repository;
  return new Map(
    [...services, ...workers].flatMap(({ name, source_image_digest: digest = "" }) =>
      digest !== "" && repositoryIn(served, name) === repositoryIn(spec, name)
        ? [[name, digest] as const]
        : [],
    ),
  );
}

const older = (
  environment: string,
  role: ComponentName,
  { name, image }: StandingComponent,
): Remark => ({
  fate: "adopted",
  about: `the image of ${name}`,
  what: `the one that runs; ${image?.tag ?? "what the spec says"} is another one, which was never deployed or failed`,
  todo: `choose that one, if it is meant: mam release ${environment} ${role}=${image?.tag ?? "<tag>"}`,
});

function tagged(
  { image }: StandingComponent,
  known: Awaited<ReturnType<typeof repositoryImages>>,
): string | undefined {
  return known
    .get(image?.repository ?? "")
    ?.find(({ tags }) => tags?.includes(image?.tag ?? "latest"))?.digest;
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
