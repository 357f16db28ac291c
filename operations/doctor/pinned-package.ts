/** A package as a person calls it: its version alone, or another package's name and version where that one stands in. */
export interface NamedPackage {
  /** Name under which it is imported. */
  readonly as: string;
  /** Its own name: another one where an alias brings a different package under this name. */
  readonly name: string;
  readonly version: string;
}

/**
 * What a dependency of package.json pins. `npm:<package>@<version>` installs another package under the name, which is
 * how the project leaves for a successor: docs/decisions/0001.
 */
export function pinnedPackage(as: string, text: string): NamedPackage {
  const [, name, version] = /^npm:(@?[^@]+)@(.+)$/.exec(text) ?? [];
  return name === undefined || version === undefined
    ? { as, name: as, version: text }
    : { as, name, version };
}

/** A package in words: `0.21.0`, or `cdktn 0.24.0` for one that goes by another name. */
export function packageInWords({ as, name, version }: NamedPackage): string {
  return name === as ? version : `${name} ${version}`;
}
