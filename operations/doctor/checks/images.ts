import { componentNames } from "../../../environments/schema/environment.ts";
import type { Check } from "../../context/check.ts";
import { repositoryImages } from "../../platform/registry.ts";
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
    run: async ({ session: { clients, environment } }) => {
      const { config, release } = environment;
      const repositories = componentNames.map((name) => config.services[name].repository);
      const images = await repositoryImages(clients.digitalOcean(), repositories);
      const problems = componentNames.flatMap((name) => {
        const [{ repository }, digest] = [config.services[name], release.images[name]];
        const there = images.get(repository);
        const found = resolveImage(repository, digest, there);
        if ("digest" in found) return [];
        return [{ name, digest, problem: found.problem, newest: there?.[0]?.digest }];
      });
      return problems.map(({ name, digest, problem, newest }) => ({
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
