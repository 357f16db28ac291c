/** A digest that is one character, as often as one has. */
export const digestOf = (character: string) => `sha256:${character.repeat(64)}`;

/** An image of the registry; the digest is one character, as often as one has. */
export const image = (repository: string, character: string) => ({
  registry_type: "DOCR",
  repository,
  digest: digestOf(character),
});

/** A service of one small instance. */
export const service = (name: string, repository: string, character: string, port = 8080) => ({
  name,
  image: image(repository, character),
  http_port: port,
  instance_count: 1,
  instance_size_slug: "apps-s-1vcpu-1gb",
});

/** A route of an app: a prefix, of one host or of all. */
export const route = (name: string, prefix: string, host?: string) => ({
  match: { path: { prefix }, ...(host === undefined ? {} : { authority: { exact: host } }) },
  component: { name, preserve_path_prefix: true },
});

/** A variable in clear. */
export const general = (key: string, value: string) => ({
  key,
  value,
  type: "GENERAL",
  scope: "RUN_TIME",
});

/** A cluster as an app names it. */
export const managed = (name: string, engine: string, cluster: string, rest: object = {}) => ({
  name,
  engine,
  production: true,
  cluster_name: cluster,
  ...rest,
});

/** A variable that the platform encrypts. */
export const secret = (key: string, value: string) => ({
  key,
  value,
  type: "SECRET",
  scope: "RUN_TIME",
});

/** An image by a tag, which a push deploys. */
export const tagged = (repository: string, tag = "latest") => ({
  registry_type: "DOCR",
  repository,
  tag,
  deploy_on_push: { enabled: true },
});
