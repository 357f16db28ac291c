import type { DigitalOcean } from "@mam-infra/clients/digitalocean";
import { runningRelease } from "../../../operations/adopt/release.ts";
import type { Standing } from "../../../operations/adopt/standing.ts";
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
