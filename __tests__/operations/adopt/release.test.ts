import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { runningRelease } from "../../../operations/adopt/release.ts";
import type { Standing } from "../../../operations/adopt/standing.ts";
import { image as component, standing } from "./support/standing.ts";
import { release as otherwise } from "../../support/environments.ts";

const digest = (letter: string) => `sha256:${letter.repeat(64)}`;

/** A registry that knows one tag of one image, and no other image. */
const api = {
  call: (name: string, { repository }: { readonly repository?: string }) =>
    Promise.resolve(
      name === "listRegistries"
        ? { registries: [{ name: "shop" }] }
        : { manifests: repository === "api" ? [{ digest: digest("a"), tags: ["v1"] }] : [] },
    ),
} as unknown as DigitalOcean;

const running = (services: readonly object[]) =>
  runningRelease(
    api,
    { app: { spec: { name: "web", services } } } as unknown as Standing,
    { api: "backend", edge: "cdn" },
    { name: "shop", otherwise },
  );
const image = (repository: string, more: object) => ({
  image: { registry_type: "DOCR", repository, ...more },
});

test("the images that run are those of the release: by digest, or by what a tag leads to", async () => {
  const { fields, remarks } = await running([
    { name: "backend", ...image("api", { tag: "v1" }) },
    { name: "cdn", ...image("edge", { digest: digest("b") }) },
  ]);

  expect(fields.images).toEqual({ ...otherwise.images, api: digest("a"), edge: digest("b") });
  expect(remarks).toEqual([]);
});

test.each([
  ["a tag that the registry does not have", "api", { tag: "v2" }, "v2 of api"],
  ["no tag, where there is no latest", "api", {}, "latest of api"],
  ["an image that is in no registry", "gone", { tag: "v1" }, "v1 of gone"],
])("%s is said, with the line that chooses another", async (_, repository, more, what) => {
  const { fields, remarks } = await running([{ name: "backend", ...image(repository, more) }]);

  expect(fields).toEqual(otherwise);
  expect(remarks).toEqual([
    {
      fate: "changed",
      about: "the image of backend",
      what: `the registry has no tag ${what}: the release names the image of the other environment`,
      todo: "choose one: mam release shop api=<tag>",
    },
  ]);
});

/** A registry in which the tag stands for one image. */
const registry = (stands: string): DigitalOcean => {
  const answers: Readonly<Record<string, unknown>> = {
    listRegistries: { registries: [{ name: "shop" }] },
    listRegistryDigests: { manifests: [{ digest: stands, tags: ["latest"] }] },
  };
  return { call: (name: string) => Promise.resolve(answers[name]) } as never;
};

test("an image without a tag is the latest one", async () => {
  const { fields } = await runningRelease(
    registry(digest("9")),
    standing({ services: [{ name: "web", ...image("shop-web", {}) }] }),
    { frontend: "web" },
    { name: "shop", otherwise },
  );

  expect(fields.images.frontend).toBe(digest("9"));
});

/** The release of an app whose deployment that serves took an image of a repository. */
const release = (repository: string, stands: string) => {
  const one = standing({ services: [component("web")] });
  const served = { ...component("web"), image: { ...component("web").image, repository } };
  const active_deployment = {
    ...{ id: "d-1", services: [{ name: "web", source_image_digest: digest("7") }] },
    spec: { name: "shop-web", services: [served] },
  };
  const app = { ...one.app, active_deployment };
  const wanted = { name: "shop", otherwise };
  return runningRelease(registry(stands), { ...one, app }, { frontend: "web" }, wanted);
};

test("the image that serves is released, and not the one that its tag stands for by now", async () => {
  const { fields, remarks } = await release("shop-web", digest("8"));

  expect(fields.images.frontend).toBe(digest("7"));
  expect(remarks).toEqual([
    expect.objectContaining({
      about: "the image of web",
      todo: expect.stringMatching(/frontend=latest/) as string,
    }),
  ]);
});

test("nothing is said where both are the same", async () => {
  expect((await release("shop-web", digest("7"))).remarks).toEqual([]);
});

test("a digest of another repository than the spec says now is not taken for one of it", async () => {
  expect((await release("shop-old", digest("8"))).fields.images.frontend).toBe(digest("8"));
});
