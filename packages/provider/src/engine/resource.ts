import type { Behaviour } from "./behaviour.ts";
import type { ResourceData } from "./data.ts";

/** What a resource works with while it talks to its platform. */
export interface ResourceContext<Client> {
  readonly client: Client;
  /** Waits as the real provider waits between polls, in virtual seconds. */
  readonly sleep: (seconds: number) => Promise<void>;
  /** Runs the work alone among all work of the same key, as the real provider's mutexes do. */
  readonly serialised: <T>(key: string, work: () => Promise<T>) => Promise<T>;
  /** Tells the user something that is no failure. */
  readonly warn: (summary: string, detail: string) => void;
  /** A new id that begins with the prefix and was never given out before. */
  readonly uniqueId: (prefix: string) => string;
}

/** An operation of a resource on its platform. */
export type Operation<Client> = (
  data: ResourceData,
  context: ResourceContext<Client>,
) => Promise<void>;

/** A resource type: what its schema does not say, and how it talks to its platform. */
export interface ResourceType<Client> {
  readonly type: string;
  readonly behaviour: Behaviour;
  readonly create: Operation<Client>;
  /** Sets the id to "" when the object is gone. */
  readonly read: Operation<Client>;
  /** Absent where every attribute forces replacement. */
  readonly update?: Operation<Client>;
  readonly delete: Operation<Client>;
  /**
   * Turns the id that a user imports into what a read needs. Absent where the real provider cannot
   * import.
   *
   * @throws ProviderFailure when the id has not the form that the resource type wants.
   */
  readonly importId?: (
    id: string,
    data: ResourceData,
    context: ResourceContext<Client>,
  ) => Promise<void> | void;
}

/** An import in which the given id is the object's own id. */
export function importById(id: string, data: ResourceData): void {
  data.id = id;
}
