const UNRESERVED_IN_USERINFO = /[^A-Za-z0-9\-_.~$&+,;=]/g;

function escaped(text: string): string {
  return text.replace(UNRESERVED_IN_USERINFO, (character) => encodeURIComponent(character));
}

/**
 * Puts user and password into an address, as Go's net/url writes it.
 *
 * The provider does so because some engines tell their password only once: it takes the one that the
 * state holds (provider 2.99.1, database/resource_database_cluster.go, buildDBConnectionURI).
 */
export function withUserInfo(uri: string, user: string, password: string): string {
  const [, scheme = "", rest = ""] = /^([A-Za-z][A-Za-z0-9+.-]*:)?(?:\/\/)?(.*)$/.exec(uri) ?? [];
  const slash = rest.search(/[/?#]/);
  const authority = slash < 0 ? rest : rest.slice(0, slash);
  const after = slash < 0 ? "" : rest.slice(slash);
  const host = authority.slice(authority.lastIndexOf("@") + 1);
  return `${scheme}//${escaped(user)}:${escaped(password)}@${host}${after}`;
}
