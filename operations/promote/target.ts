import { imageNames } from "../../environments/schema/environment.ts";
import { imagesOfRelease } from "../../environments/schema/release.ts";
import type { Check, Violation } from "../context/check.ts";
import { sameImages } from "../ledger/settings.ts";
import { imageChanges, shortDigest } from "../release/difference.ts";
import { resolveImage } from "../release/resolution.ts";
import { type Promotion, chosenRelease, releaseOf } from "./promotion.ts";

/** Whether the release goes where it should, is there to be fetched, and is news there. */
export const targetChecks: readonly Check<Promotion>[] = [
  {
    id: "two-environments",
    severity: "error",
    what: "A release is promoted into another environment.",
    why: "It runs already where it comes from.",
    fix: "name the environment that it goes to",
    run: ({ from, to }) =>
      from.config.name === to.config.name
        ? [{ resource: to.config.name, expected: "another environment", found: "the same one" }]
        : [],
  },
  {
    id: "direction",
    severity: "error",
    what: "A release is not promoted from production to staging.",
    why: "Promotion is evidence for where more is at stake. To look for a fault of production in staging, name the images.",
    fix: "mam release <environment> with the images",
    run: (promotion) => backwards(promotion),
  },
  {
    id: "in-registry",
    severity: "error",
    what: "Every image is still in the account's container registry.",
    why: "A deployment whose image cannot be fetched fails minutes after it began.",
    fix: "push the image again",
    run: (promotion) => missingImages(promotion),
  },
  {
    id: "news",
    severity: "error",
    what: "The target's release file says something else.",
    why: "There is nothing to promote.",
    fix: "mam plan <environment>",
    run: (promotion) => sameAlready(promotion),
  },
  {
    id: "not-older",
    severity: "error",
    what: "No image is older than the one that the target has.",
    why: "A hotfix that went straight to the target would be taken back.",
    fix: "release the newer image where it is tried, and promote that",
    run: (promotion) => olderImages(promotion),
  },
];

function backwards(promotion: Promotion): Violation[] {
  const { from, to } = promotion;
  if (from.config.tier !== "production" || to.config.tier === "production") return [];
  const { images } = chosenRelease(promotion) ?? from.release;
  const named = imagesOfRelease(images).map(([name, digest]) => `${name}=${digest}`);
  return [
    {
      resource: `${from.config.name} to ${to.config.name}`,
      expected: "towards production",
      found: `${from.config.tier} to ${to.config.tier}`,
      fix: `mam release ${to.config.name} ${named.join(" ")}`,
    },
  ];
}

function missingImages(promotion: Promotion): Violation[] {
  const { services } = promotion.to.config;
  return imagesOfRelease(releaseOf(promotion).images).flatMap(([name, digest]) => {
    const { repository } = services[name];
    const resolved = resolveImage(repository, digest, promotion.registry.get(repository));
    if ("digest" in resolved) return [];
    const fix = `push it again to ${repository}, or release one that is there in ${promotion.from.config.name}`;
    return [{ resource: `the image of ${name}`, expected: digest, found: resolved.problem, fix }];
  });
}

function sameAlready(promotion: Promotion): Violation[] {
  const { to } = promotion;
  const release = releaseOf(promotion);
  if (!sameImages(release, to.release)) return [];
  const file = `environments/${to.config.name}.release.json`;
  const expected = `other images than those of release ${release.id}`;
  return [{ resource: file, expected, found: "exactly these", fix: `mam plan ${to.config.name}` }];
}

/** By when the registry got each: the only clock that both environments share. */
function olderImages(promotion: Promotion): Violation[] {
  const { to, from, registry } = promotion;
  const made = (name: (typeof imageNames)[number], digest: string | undefined) =>
    registry.get(to.config.services[name].repository)?.find((image) => image.digest === digest)
      ?.updated_at;
  const changes = imageChanges(to.release, { images: releaseOf(promotion).images });
  return changes.flatMap(({ component, from: present, to: promoted }) => {
    const [old, fresh] = [made(component, present), made(component, promoted)];
    if (!present || !promoted || !old || !fresh || Date.parse(old) <= Date.parse(fresh)) return [];
    return [
      {
        resource: `the image of ${component}`,
        expected: `made after ${old}, as the one that ${to.config.name} has`,
        found: `${shortDigest(promoted)}, made ${fresh}`,
        fix: `mam release ${from.config.name} ${component}=${present}, then mam deploy ${from.config.name}`,
      },
    ];
  });
}
