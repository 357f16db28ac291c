import { componentNames } from "../../../environments/schema.ts";
import type { Check } from "../../command/check.ts";
import { imagesOf } from "../../release/registry.ts";
import { resolveImage } from "../../release/resolution.ts";
import type { DoctorContext } from "../context.ts";
import { needing } from "../needing.ts";

/** Whether what is to be deployed can be fetched. */
export const imageChecks: readonly Check<DoctorContext>[] = needing("digitalOcean", [
  {
    id: "image-digests",
    severity: "error",
    what: "Every image of the release file is in the account's container registry.",
    why: "A deployment whose image cannot be fetched fails minutes after it began.",
    fix: "push the image, or name one that is there with mam release",
    look: async ({ session: { connections, environment } }) => {
      const { config, release } = environment;
      const api = connections.digitalOcean();
      const problems = await Promise.all(
        componentNames.map(async (name) => {
          const [repository, digest] = [config.services[name].repository, release.images[name]];
          const images = await imagesOf(api, repository);
          const found = resolveImage(repository, digest, images);
          if ("digest" in found) return [];
          return [{ name, digest, problem: found.problem, newest: images?.[0]?.digest }];
        }),
      );
      return problems.flat().map(({ name, digest, problem, newest }) => ({
        resource: `the image of ${name}`,
        expected: digest,
        found: problem,
        ...(newest === undefined
          ? {}
          : {
              fix: `push the image, or release the newest that is there: \`mam release ${config.name} ${name}=${newest}\``,
            }),
      }));
    },
  },
]);
