import type { SyntaxNode } from "@lezer/common";

import { seriesName } from "./dotted-names.ts";
import type { MatchOperator, Matcher } from "./expression.ts";
import { unquoted } from "./literals.ts";
import { badQuery } from "./query-error.ts";

/** Labels of a series, by name. */
export type Labels = Readonly<Record<string, string>>;

const nameLabel = "__name__";

const expressions = new Map<string, RegExp>();

/** A regular expression of a matcher: the whole value has to match. @throws QueryError when it is none. */
function wholly(pattern: string): RegExp {
  const known = expressions.get(pattern);
  if (known) return known;
  try {
    const made = new RegExp(`^(?:${pattern})$`, "su");
    expressions.set(pattern, made);
    return made;
  } catch {
    throw badQuery(`error parsing regexp: ${pattern}`);
  }
}

const tests: Readonly<Record<MatchOperator, (value: string, wanted: string) => boolean>> = {
  "=": (value, wanted) => value === wanted,
  "!=": (value, wanted) => value !== wanted,
  "=~": (value, wanted) => wholly(wanted).test(value),
  "!~": (value, wanted) => !wholly(wanted).test(value),
};

/** Whether labels satisfy all matchers. */
export function matches(labels: Labels, matchers: readonly Matcher[]): boolean {
  return matchers.every(({ label, operator, value }) =>
    tests[operator](labels[label] ?? "", value),
  );
}

const nameIs = (value: string): Matcher => ({
  label: nameLabel,
  operator: "=",
  value: seriesName(value),
});

function matcherOf(text: string, node: SyntaxNode): Matcher {
  const of = (child: SyntaxNode) => text.slice(child.from, child.to);
  const [first, operator, value] = [node.firstChild, node.getChild("MatchOp"), node.lastChild];
  if (node.name === "QuotedLabelName") return nameIs(unquoted(of(node)));
  if (!first || !operator || !value) throw badQuery(`parse error in "${of(node)}"`);
  const label = first.name === "LabelName" ? of(first) : unquoted(of(first));
  // The grammar knows these four and no other.
  const sign = of(operator) as MatchOperator;
  const wanted = unquoted(of(value));
  // A bad expression is refused also where nothing is compared with it.
  if (sign.endsWith("~")) wholly(wanted);
  return label === nameLabel && sign === "="
    ? nameIs(wanted)
    : { label, operator: sign, value: wanted };
}

/**
 * The matchers of a selector, with its metric as one of them.
 *
 * @throws QueryError for a selector that everything would match.
 */
export function matchersOf(text: string, selector: SyntaxNode): Matcher[] {
  const name = selector.getChild("Identifier");
  const written: Matcher[] = [];
  for (let node = selector.getChild("LabelMatchers")?.firstChild; node; node = node.nextSibling) {
    written.push(matcherOf(text, node));
  }
  const all = [...(name ? [nameIs(text.slice(name.from, name.to))] : []), ...written];
  if (all.every((one) => matches({}, [one]))) {
    throw badQuery("vector selector must contain at least one non-empty matcher");
  }
  return all;
}
