/** Names of fields that hold secrets, in states, plans and answers of the platforms, written with underscores. */
const secretName =
  /(^|[._-])(password|passwd|passphrase|secret|secret_?key|secret_?access_?key|session_?token|token|api_?key|private_?key|ses_smtp_password_v4)$/;

/** Names of fields that hold addresses with a password inside. */
const addressName = /(^|[._-])(uri|url|dsn|endpoint)$/;

/** A value that is there in place of a secret: a ciphertext, which stands in git, or the name of a bindable variable. */
const inPlace = /^EV\[|^\$\{[^}]*\}$/;

/**
 * The secrets in plain data, whatever it is: a state, a plan, an answer of a platform, what it was sent. They are found
 * by the names of their fields, by the type that App Platform gives to a secret variable, and by the passwords in
 * addresses.
 *
 * Terraform's own marks are not asked: the provider calls every variable of the app sensitive, `info` and `production`
 * among them, and CDKTF every value that one stack reads of another.
 */
export function sensitiveValues(data: unknown): string[] {
  if (Array.isArray(data)) return data.flatMap(sensitiveValues);
  if (typeof data !== "object" || data === null) return [];
  const fields = Object.entries(data);
  const variable = isSecretVariable(data) ? [data.value] : [];
  return [...variable, ...fields.flatMap(([name, value]) => fieldValues(name, value))].filter(
    (value) => !inPlace.test(value),
  );
}

function fieldValues(name: string, value: unknown): string[] {
  const plain = name.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, "_").toLowerCase();
  if (secretName.test(plain)) return textsIn(value);
  if (typeof value === "string" && addressName.test(plain)) return passwordsIn(value);
  return sensitiveValues(value);
}

/** A variable of an app as the API and the provider write it. */
function isSecretVariable(data: object): data is { readonly value: string } {
  return (
    "type" in data && data.type === "SECRET" && "value" in data && typeof data.value === "string"
  );
}

/** Every text in what a secret field holds; a state's outputs are groups. */
function textsIn(value: unknown): string[] {
  if (typeof value === "string") return [value];
  if (typeof value !== "object" || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

/** An address that contains a password, and the password. */
function passwordsIn(address: string): string[] {
  const written = /^[a-z][a-z0-9+.-]*:\/\/[^/@:]*:([^/@]+)@/i.exec(address)?.[1];
  if (written === undefined) return [];
  return [address, written, decoded(written)];
}

function decoded(written: string): string {
  try {
    return decodeURIComponent(written);
  } catch {
    // A percent sign that encodes nothing stands for itself.
    return written;
  }
}
