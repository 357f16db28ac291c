const variable = /\$\{([^}]*)\}/g;

/** Whether a pattern has variables other than the caller's name, so that only a request shows what it matches. */
export function dependsOnRequest(pattern: string): boolean {
  return [...pattern.matchAll(variable)].some(([, name = ""]) => !isKnown(name));
}

/**
 * Whether a text matches a pattern of a policy from end to end: `*` is any text, `?` any one character, `${aws:username}`
 * the caller's name, and `${*}`, `${?}` and `${$}` are the characters themselves.
 */
export function matchesPattern(pattern: string, text: string, userName: string): boolean {
  const source = pattern.replaceAll(
    /\$\{([^}]*)\}|[*?]|[\\^$.+()|[\]{}]/g,
    (found, name?: string) => {
      if (found === "*") return "[^]*";
      if (found === "?") return "[^]";
      if (name === undefined) return `\\${found}`;
      return literal(isUserName(name) ? userName : name);
    },
  );
  return new RegExp(`^${source}$`).test(text);
}

const isUserName = (name: string) => name.toLowerCase() === "aws:username";
const isKnown = (name: string) => isUserName(name) || ["*", "?", "$"].includes(name);

function literal(text: string): string {
  return text.replaceAll(/[\\^$.+*?()|[\]{}]/g, "\\$&");
}
