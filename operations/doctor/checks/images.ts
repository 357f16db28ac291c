import { backupImage } from "../../../constructs/app/backup-image.ts";
import { imagesOfRelease } from "../../../environments/schema/release.ts";
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
      const released = imagesOfRelease(release.images);
      const repositories = released.map(([name]) => config.services[name].repository);
      const images = await repositoryImages(clients.digitalOcean(), repositories);
      const problems = released.flatMap(([name, digest]) => {
        const { repository } = config.services[name];
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
  {
    id: "backup-image",
    severity: "warning",
    what: "Where the nightly dump is switched on, the release has its image.",
    why: "Without it the app is deployed without its backup, and the only ones go with the cluster.",
    fix: "push an image of services/backup and name it with mam release, or switch services.backup off with a reason",
    run: ({ session: { environment } }) => {
      const { enabled } = environment.config.services.backup;
      if (!enabled || backupImage(environment) !== undefined) return [];
      const expected = "a digest in the release file";
      return [{ resource: "the image of backup", expected, found: "none" }];
    },
  },
]);
