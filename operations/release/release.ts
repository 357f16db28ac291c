import { basename } from "node:path";

import type { Release } from "../../environments/schema/release.ts";
import type { ImageName } from "../../environments/schema/environment.ts";
import { NotConfigured } from "../context/credentials.ts";
import type { Outcome } from "../context/outcome.ts";
import type { Progress } from "../context/progress.ts";
import type { Session } from "../context/session.ts";
import { gitHub } from "../github/gh.ts";
import { propose } from "../github/proposal.ts";
import { imageChanges, renderChanges } from "./difference.ts";
import { type RegistryImage, repositoryImages } from "../platform/registry.ts";
import { readRelease, releaseFile, releaseText, writeRelease } from "./release-file.ts";
import { type RequestedImage, parseRequest } from "./request.ts";
import { resolveImage } from "./resolution.ts";

/** The images of each named component's repository, as far as the account has it. */
type Known = ReadonlyMap<ImageName, readonly RegistryImage[] | undefined>;

/** Options of `mam release`. */
export interface ReleaseOptions {
  /** Whether a pull request says it, instead of the file of this checkout. */
  readonly pullRequest: boolean;
}

/**
 * Writes the digests of the asked images into the release file, or into a pull request. Tags are looked up in the
 * registry, and digests too.
 *
 * @param operands `component=tag` or `component=digest`.
 * @throws NotConfigured with everything that is wrong; the file then stays as it was.
 */
export async function releaseImages(
  session: Session,
  operands: readonly string[],
  progress: Progress,
  { pullRequest }: ReleaseOptions = { pullRequest: false },
): Promise<Outcome> {
  const { images, problems } = parseRequest(operands);
  const before = readRelease(session);
  const known = await progress.step("looking the images up in the registry", () =>
    lookUp(session, images),
  );
  const resolved = images.map(({ component, reference }) => {
    const { repository } = session.environment.config.services[component];
    return { component, ...resolveImage(repository, reference, known.get(component)) };
  });
  const wrong = [
    ...problems,
    ...resolved.flatMap((one) => ("problem" in one ? [`${one.component}: ${one.problem}`] : [])),
  ];
  if (wrong.length > 0) throw new NotConfigured(refusal(session, wrong));
  const digests = resolved.flatMap((one) =>
    "digest" in one ? [[one.component, one.digest] as const] : [],
  );
  const after = { images: { ...before.images, ...Object.fromEntries(digests) } };
  if (pullRequest) return proposed(session, before, after, progress);
  writeRelease(session, after);
  return outcome(session, before, after, known);
}

async function lookUp(session: Session, images: readonly RequestedImage[]): Promise<Known> {
  const { services } = session.environment.config;
  const repositoryOf = (component: ImageName) => services[component].repository;
  const there = await repositoryImages(
    session.clients.digitalOcean(),
    images.map(({ component }) => repositoryOf(component)),
  );
  return new Map(
    images.map(({ component }) => [component, there.get(repositoryOf(component))] as const),
  );
}

function refusal(session: Session, wrong: readonly string[]): string {
  return [...wrong, `${releaseFile(session)} was not changed.`].join("\n");
}

/** Proposes the release file, as the checkout has it with the asked images, on GitHub. */
async function proposed(
  session: Session,
  before: Release,
  after: Release,
  progress: Progress,
): Promise<Outcome> {
  const { name } = session.environment.config;
  const changes = imageChanges(before, after);
  const named = changes.map(({ component }) => component).join(", ");
  const result = await progress.step("keeping the pull request", () =>
    propose(gitHub(session), {
      branch: `release/${name}`,
      // There it is on GitHub, wherever this process keeps its own.
      path: `environments/${basename(releaseFile(session))}`,
      content: releaseText(after),
      title: `release(${name}): ${named}`,
      body: `\`\`\`text\n${renderChanges(changes)}\`\`\`\n`,
    }),
  );
  const data = { environment: name, changes, images: after.images };
  if (!result) return { ok: true, data, text: `${releaseFile(session)} says this already.\n` };
  return {
    ok: true,
    data: { ...data, pullRequest: result },
    text: `Pull request ${result.number}: ${result.action}, ${result.url}\n`,
  };
}

function outcome(session: Session, before: Release, after: Release, known: Known): Outcome {
  const { name } = session.environment.config;
  const file = releaseFile(session);
  const changes = imageChanges(before, after);
  const tagOf = (component: ImageName, digest: string) =>
    known.get(component)?.find((image) => image.digest === digest)?.tags?.[0];
  return {
    ok: true,
    data: { environment: name, file, changes, images: after.images },
    text:
      changes.length === 0
        ? `${file} says this already.\n`
        : `${file}\n${renderChanges(changes, tagOf)}Commit it, then: mam deploy ${name}\n`,
  };
}
