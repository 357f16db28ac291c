/**
 * Characters that a terminal, a browser or a person is deceived by: control characters, escape sequences, marks that
 * turn the direction of writing, characters without width, separators of lines that only some programs know, and halves
 * of a character. Line feeds and tabs are left alone, and so are the two joiners that Persian and emoji are written with.
 */
const deceptive = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
const harmless = new Set(["\n", "\t", "\u200C", "\u200D"]);

/**
 * Beginnings of commands to a CI service. GitHub's runner obeys a line whose first characters are `::`, however far it
 * is indented (actions/runner, ActionCommand.TryParseV2), and `##[` anywhere in a line (TryParse); Azure's agent and
 * TeamCity obey theirs anywhere too.
 */
const lineCommand = /^(\s*):(?=:)/gm;
const inlineCommand = /##(?=\[|vso\[|teamcity\[)/g;

/**
 * A text of several lines that may be written to a terminal or to the log of a CI job, whoever wrote it: what would
 * move the cursor, change the direction of writing or give a command to the CI service is shown instead. Text in which
 * nothing of it stands is left as it is, the marks and dashes of mam among it.
 */
export function printable(text: string): string {
  return text
    .replaceAll(deceptive, (character) => (harmless.has(character) ? character : shown(character)))
    .replaceAll(lineCommand, "$1\\:")
    .replaceAll(inlineCommand, "#\\#");
}

/**
 * A value of a platform or a person that stands inside a line of mam: it cannot begin a line of its own, and cannot
 * pretend to be one of mam's.
 */
export function oneLine(text: string): string {
  return printable(text).replaceAll("\n", "\\n");
}

/** A value that goes on below itself, indented so that none of its lines looks like one of mam's. */
export function indented(text: string, by: number): string {
  return printable(text)
    .trimEnd()
    .replaceAll("\n", `\n${" ".repeat(by)}`);
}

/** Sets all deceptive characters of JSON in the escapes of JSON: a program reads the same, and a terminal is safe. */
export function printableJson(json: string): string {
  return json.replaceAll(deceptive, (character) =>
    character === "\n"
      ? character
      : [...Array(character.length).keys()].map((index) => jsonEscape(character, index)).join(""),
  );
}

/** A space without width, as Markdown writes it: it ends a word for a program that looks for names and addresses. */
const wordEnd = "&#8203;";

/** What Markdown takes for markup wherever it stands. An underscore inside a name is no markup. */
const markup = /[\\`*[\]<>|&~$]|(?<![A-Za-z0-9])_|_(?![A-Za-z0-9])/;

/** What begins a heading, a list or a table's line of dashes, at the beginning of a text only. */
const beginning = /^(?=(?:[-+]|\d+[.)]|#{1,6})(?:\s|$)|[-=:]{2})/;

/** What GitHub makes a mention, a reference or a link of; the word is ended behind it. */
const linked = /[@#](?=\S)|\bwww(?=\.)|:(?=\/\/)|\b[Gg][Hh](?=-\d)/;

const special = new RegExp([markup, beginning, linked].map(({ source }) => source).join("|"), "g");

/**
 * A value for a Markdown text in which nothing of it is markup: no heading, link, mention, reference, table, image,
 * HTML or code. GitHub looks for names and addresses after entities were resolved, so that `&#64;team` would be a
 * mention; the space without width ends the word instead, as dependency bots do it.
 */
export function markdownText(value: string): string {
  return oneLine(value).replaceAll(special, (sign) =>
    /^[\\`*_[\]<>|&~$]$/.test(sign) ? `&#${sign.charCodeAt(0)};` : `${sign}${wordEnd}`,
  );
}

/** A value as code of Markdown, which fits into a table too. Nothing in code is a mention, a link or markup. */
export function markdownCode(value: string): string {
  const content = oneLine(value).replaceAll("|", "\\|");
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  // A space that is taken off again keeps a sign of code at an end apart from the fence.
  const space = longest > 0 || content.trim() === "" ? " " : "";
  return `${fence}${space}${content}${space}${fence}`;
}

/** Plain data with every text in it changed, names of fields among them. */
export function inEveryText<T>(data: T, change: (text: string) => string): T {
  return changed(data, change) as T;
}

function changed(data: unknown, change: (text: string) => string): unknown {
  if (typeof data === "string") return change(data);
  if (Array.isArray(data)) return data.map((one) => changed(one, change));
  if (typeof data !== "object" || data === null || Object.getPrototypeOf(data) !== Object.prototype)
    return data;
  return Object.fromEntries(
    Object.entries(data).map(([name, value]) => [change(name), changed(value, change)]),
  );
}

/** How a character reads: as JavaScript writes it, in the shortest form. */
function shown(character: string): string {
  const short = { "\r": "\\r", "\v": "\\v", "\f": "\\f", "\b": "\\b" }[character];
  if (short !== undefined) return short;
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, "0")}`;
  return code > 0xffff ? `\\u{${code.toString(16)}}` : `\\u${code.toString(16).padStart(4, "0")}`;
}

function jsonEscape(character: string, index: number): string {
  return `\\u${character.charCodeAt(index).toString(16).padStart(4, "0")}`;
}
