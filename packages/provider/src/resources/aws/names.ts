/** What a generated name ends with: eighteen digits of a time and eight of a counter (helper/id in terraform-plugin-sdk 2.26.1). */
const uniqueSuffix = /[0-9a-f]{26}$/i;

/** The name to use: the given one, or a new one with the prefix (provider 5.100.0, internal/create/naming.go). */
export function nameOr(
  given: string,
  prefix: string,
  uniqueId: (prefix: string) => string,
): string {
  if (given !== "") return given;
  return uniqueId(prefix === "" ? "terraform-" : prefix);
}

/** The prefix that a generated name was made with; "" when the name was not generated. */
export function prefixOf(name: string): string {
  return uniqueSuffix.test(name) ? name.replace(uniqueSuffix, "") : "";
}

/**
 * What is wrong with a bucket's name in a region, or undefined (provider 5.100.0,
 * service/s3/validate.go). us-east-1 still takes names of its early days.
 */
export function bucketNameProblem(name: string, region: string): string | undefined {
  return region === "us-east-1" ? oldNameProblem(name) : newNameProblem(name);
}

function oldNameProblem(name: string): string | undefined {
  if (name.length > 255) return `${JSON.stringify(name)} must contain less than 256 characters`;
  return /^[0-9A-Za-z._-]+$/.test(name)
    ? undefined
    : `only alphanumeric characters, hyphens, periods, and underscores allowed in ${JSON.stringify(name)}`;
}

const newNameRules: readonly (readonly [(name: string) => boolean, string])[] = [
  [(name) => name.length >= 3 && name.length <= 63, "must contain from 3 to 63 characters"],
  [(name) => /^[0-9a-z.-]+$/.test(name), "only lowercase alphanumeric characters and hyphens"],
  [(name) => !/^\d+\.\d+\.\d+\.\d+$/.test(name), "must not be formatted as an IP address"],
  [(name) => !name.startsWith("."), "cannot start with a period"],
  [(name) => !name.endsWith("."), "cannot end with a period"],
  [(name) => !name.includes(".."), "can be only one period between labels"],
];

function newNameProblem(name: string): string | undefined {
  const broken = newNameRules.find(([holds]) => !holds(name));
  return broken && `${JSON.stringify(name)} ${broken[1]}`;
}
