/**
 * Entries of an archive's list that the platform owns: an administrator without superuser cannot make them, and a strict restore
 * would end at the first.
 */
const ofThePlatform =
  /^\d+; \d+ \d+ (?:(?:(?:COMMENT|SECURITY LABEL) - )?(?:EVENT TRIGGER|PUBLICATION|SUBSCRIPTION)|(?:COMMENT - )?EXTENSION(?: -)? pg_stat_statements)\b/;

/** The list of an archive, as `pg_restore --list` writes it, without what the platform owns. */
export function ownContents(list: string): { readonly list: string; readonly left: string[] } {
  const lines = list.split("\n");
  const left = lines.filter((line) => ofThePlatform.test(line));
  return { list: lines.filter((line) => !left.includes(line)).join("\n"), left };
}
