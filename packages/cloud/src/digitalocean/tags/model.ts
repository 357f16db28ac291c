/** A tag; what it is on is kept by the resources. */
export interface Tag {
  readonly name: string;
}
