import { notFound } from "../api/errors.ts";
import type { Store } from "../store.ts";
import type { Tag } from "./model.ts";

/** Finds a tag. @throws ApiError 404. */
export function findTag({ tags }: Store, name: string): Tag {
  const tag = tags.find((one) => one.name === name);
  if (!tag) throw notFound("tag not found");
  return tag;
}

/** Creates a tag, or takes the one of that name: the API answers 201 either way. */
export function createTag(store: Store, name: string): Tag {
  const known = store.tags.find((one) => one.name === name);
  if (known) return known;
  const tag = { name };
  store.tags.push(tag);
  return tag;
}

const databaseOf = ({ databases }: Store, id: string) => {
  const database = databases.find((one) => one.id === id);
  if (!database) throw notFound(`resource ${id} not found`);
  return database;
};

/** Puts a tag on a database, creating the tag when there is none. @throws ApiError 404. */
export function tagResource(store: Store, name: string, database: string): void {
  const { tags } = databaseOf(store, database);
  createTag(store, name);
  if (!tags.includes(name)) tags.push(name);
}

/** Takes a tag off a database. @throws ApiError 404. */
export function untagResource(store: Store, name: string, database: string): void {
  const cluster = databaseOf(store, database);
  cluster.tags = cluster.tags.filter((tag) => tag !== name);
}

/** Deletes a tag and takes it off everything. */
export function deleteTag(store: Store, tag: Tag): void {
  store.tags.splice(store.tags.indexOf(tag), 1);
  for (const tagged of [...store.databases, ...store.droplets]) {
    tagged.tags = tagged.tags.filter((name) => name !== tag.name);
  }
  for (const firewall of store.firewalls) {
    firewall.tags = firewall.tags.filter((name) => name !== tag.name);
  }
}

/** A tag as the API shows it. */
export function describeTag(store: Store, { name }: Tag) {
  const none = { count: 0, last_tagged_uri: "" };
  const counted = (kind: "databases" | "droplets") => {
    const tagged = store[kind].filter(({ tags }) => tags.includes(name));
    const last = tagged.at(-1);
    const uri = last ? `https://api.digitalocean.com/v2/${kind}/${last.id}` : "";
    return { count: tagged.length, last_tagged_uri: uri };
  };
  const [databases, droplets] = [counted("databases"), counted("droplets")];
  return {
    name,
    resources: {
      count: databases.count + droplets.count,
      last_tagged_uri: droplets.last_tagged_uri || databases.last_tagged_uri,
      databases,
      droplets,
      images: none,
      volumes: none,
      volume_snapshots: none,
    },
  };
}
