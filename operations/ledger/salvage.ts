/** Texts, and what objects begin and end with. */
const tokens = /"(?:[^"\\]|\\.)*"|[{}]/g;

/** The objects in the first list of a text that ends too early, each as its own text. Only what is whole is taken. */
export function wholeObjects(text: string): string[] {
  const [, list = ""] = /^[^[]*\[([^]*)$/.exec(text) ?? [];
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (const { 0: token, index } of list.matchAll(tokens)) {
    if (token === "{") depth += 1;
    if (token === "{" && depth === 1) from = index;
    if (token === "}") depth -= 1;
    if (token === "}" && depth === 0) found.push(list.slice(from, index + 1));
  }
  return found;
}
