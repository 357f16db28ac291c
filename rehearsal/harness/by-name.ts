/**
 * The same data with every list of named objects in the order of their names: two programs that make two users of one
 * database side by side make them in either order, which says nothing. An app's spec keeps its order, because the first
 * ingress rule that fits is the one that counts.
 */
export function byName(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(byName).sort(nameOrder);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value);
  return Object.fromEntries(
    members.map(([name, member]) => [name, name.endsWith("spec") ? member : byName(member)]),
  );
}

function nameOrder(first: unknown, second: unknown): number {
  return nameOf(first).localeCompare(nameOf(second), "en");
}

function nameOf(value: unknown): string {
  const isNamed = typeof value === "object" && value !== null && "name" in value;
  return isNamed && typeof value.name === "string" ? value.name : "";
}
