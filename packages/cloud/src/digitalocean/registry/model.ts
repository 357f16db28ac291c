/** A program that stands for an image: what its containers run, on this machine. */
export interface Program {
  /** Absolute path of the folder that it is started in. */
  readonly directory: string;
  /** Its command and arguments. A component's `run_command` is run by a shell instead, in the same folder. */
  readonly command: readonly [string, ...string[]];
}

/** How the containers of an image behave: what a rehearsal decides instead of real code. */
export interface ImageBehaviour {
  /** Whether the health check is ever passed. */
  readonly healthy: boolean;
  /** What the migration job does with this image. */
  readonly migration: "succeeds" | "fails";
  /** Virtual seconds from a container's start until it answers. */
  readonly startSeconds: number;
  /** Whether it serves its health check and valid playback links, as the edge does, and nothing else; default false. */
  readonly verifiesLinks?: boolean;
  /** What its containers really run; everything else here is then without effect. */
  readonly program?: Program;
}

/** An image that is a program: how it behaves need not be said. */
export interface ProgramImage {
  readonly program: Program;
}

/** What an image contains: a program, or how it behaves. */
export type ImageContent = ImageBehaviour | ProgramImage;

/** How an image behaves: one that is a program like one that works, because it is never asked. */
export const behaviourOf = (content: ImageContent): ImageBehaviour =>
  "healthy" in content && !content.program
    ? content
    : { ...content, healthy: true, migration: "succeeds", startSeconds: 0 };

/** An image in a repository. */
export interface Manifest extends ImageBehaviour {
  readonly digest: string;
  readonly tags: string[];
  readonly updated_at: string;
}

/** A repository of a registry. */
export interface Repository {
  readonly name: string;
  readonly manifests: Manifest[];
}

/** A container registry of the account. */
export interface Registry {
  readonly name: string;
  readonly region: string;
  readonly created_at: string;
  readonly repositories: Repository[];
}

/** An image outside of the account's registries, such as a public one. */
export interface ExternalImage {
  /** `GHCR` or `DOCKER_HUB`. */
  readonly registry_type: string;
  /** Registry and repository with a slash between them. */
  readonly repository: string;
  readonly manifests: readonly Manifest[];
}
