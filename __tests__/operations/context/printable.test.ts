import {
  indented,
  markdownCode,
  markdownText,
  oneLine,
  printable,
  printableJson,
} from "../../../operations/context/printable.ts";

test.each([
  ["an escape sequence", "\u001b[31mred\u001b[0m", "\\x1b[31mred\\x1b[0m"],
  ["a carriage return", "well\rnot well", "well\\rnot well"],
  ["a sequence of a terminal with eight bits", "\u009b2J", "\\x9b2J"],
  ["a bell and a backspace", "a\u0007b\b", "a\\x07b\\b"],
  ["a change of direction", "abc\u202etxt.exe\u2066", "abc\\u202etxt.exe\\u2066"],
  ["a character without width", "pass\u200bword\ufeff", "pass\\u200bword\\ufeff"],
  [
    "a separator that only some programs know",
    "one\u2028two\u0085three",
    "one\\u2028two\\x85three",
  ],
  ["half a character", "a\ud800b", "a\\ud800b"],
  ["a tag that nobody sees", "a\u{e0041}b", "a\\u{e0041}b"],
])("%s is shown and has no effect", (_, text, expected) => {
  expect(printable(text)).toBe(expected);
  expect(printable(printable(text))).toBe(expected);
});

test.each([
  ["::error::made in a console", "\\::error::made in a console"],
  ["well\n  ::warning file=a::b", "well\n  \\::warning file=a::b"],
  ["##[error]made in a console", "#\\#[error]made in a console"],
  ["a line with ##[group]b", "a line with #\\#[group]b"],
  ["##vso[task.complete]", "#\\#vso[task.complete]"],
])("a CI service sees no command in %j", (text, expected) => {
  expect(printable(text)).toBe(expected);
});

test.each([
  "✓ api      sha256:e6c628bccb70\n– skipped: it’s “quoted”\n",
  "\ttabs, ümlauts, 日本語, 👩‍💻 and می‌خواهم\n",
  "std::vector and #1 of ## headings\n",
])("other text is left as it is", (text) => {
  expect(printable(text)).toBe(text);
});

test("a value inside a line begins no line, and one below another begins none of mam's", () => {
  expect(oneLine("one\n✓ all is well\n::error::two")).toBe("one\\n✓ all is well\\n\\::error::two");
  expect(indented("one\n✓ all is well\n", 4)).toBe("one\n    ✓ all is well");
});

test("a program reads the same JSON, in which nothing is left that a terminal obeys", () => {
  const data = { "na\u202eme": ["\u001b[2J", "a\u2028b", "\u{e0041}", "\n"] };
  const json = printableJson(JSON.stringify(data, null, 2));

  expect(JSON.parse(json)).toEqual(data);
  expect(json.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
});

test.each([
  ["# heading", "&#8203;# heading"],
  ["- item", "&#8203;- item"],
  ["1. item", "&#8203;1. item"],
  ["ask @team", "ask @&#8203;team"],
  ["see #12 and GH-12", "see #&#8203;12 and GH&#8203;-12"],
  ["https://evil.example www.evil.example", "https:&#8203;//evil.example www&#8203;.evil.example"],
  ["[a](b) ![c](d)", "&#91;a&#93;(b) !&#91;c&#93;(d)"],
  ["<img src=x> &amp;", "&#60;img src=x&#62; &#38;amp;"],
  ["a|b *c* _d_ ~e~ `f` \\g", "a&#124;b &#42;c&#42; &#95;d&#95; &#126;e&#126; &#96;f&#96; &#92;g"],
  ["one\n\n## two", "one&#92;n&#92;n#&#8203;# two"],
])("%j is no markup in Markdown", (text, expected) => {
  expect(markdownText(text)).toBe(expected);
});

test.each([
  ["plain @team", "`plain @team`"],
  ["a `b` ``c``", "``` a `b` ``c`` ```"],
  ["a|b", "`a\\|b`"],
  ["a\n| b", "`a\\n\\| b`"],
])("%j stays inside of code", (text, expected) => {
  expect(markdownCode(text)).toBe(expected);
});
