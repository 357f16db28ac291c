import type { SyntaxNode } from "@lezer/common";

import { withoutDots } from "./dotted-names.ts";
import {
  type Arithmetic,
  type Expression,
  type Grouping,
  aggregations,
  arithmetic,
  rangeFunctions,
} from "./expression.ts";
import { secondsOfDuration, unquoted } from "./literals.ts";
import { matchersOf } from "./matchers.ts";
import { packages } from "./packages.ts";
import { badQuery, notPlayed } from "./query-error.ts";

/** A query with the tree that the grammar made of it. */
interface Source {
  readonly text: string;
}

/** The text of a node. */
const textOf = ({ text }: Source, { from, to }: SyntaxNode) => text.slice(from, to);

const childrenOf = (node: SyntaxNode): SyntaxNode[] => {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) children.push(child);
  return children;
};

const oneOf = <Name extends string>(names: readonly Name[], name: string): Name | undefined =>
  names.find((one) => one === name);

/** What is between the brackets of a call. */
function argumentOf(source: Source, node: SyntaxNode): SyntaxNode {
  const [argument, ...more] = childrenOf(node.getChild("FunctionCallBody") ?? node);
  if (argument && more.length === 0) return argument;
  throw badQuery(`expected 1 argument in "${textOf(source, node)}"`);
}

function labelsOf(source: Source, node: SyntaxNode | null): string[] {
  return childrenOf(node ?? badNode()).map((label) => textOf(source, label));
}

const badNode = (): never => {
  throw badQuery("parse error: labels are missing");
};

function call(source: Source, node: SyntaxNode): Expression {
  const identifier = node.getChild("FunctionIdentifier");
  const name = identifier ? textOf(source, identifier) : "";
  return name === "label_replace" ? labelled(source, node) : rangeCall(source, node, name);
}

/** The one form that is played: it gives a label to every sample, whatever labels that has. */
function labelled(source: Source, node: SyntaxNode): Expression {
  const [of, ...texts] = childrenOf(node.getChild("FunctionCallBody") ?? node);
  if (!of || texts.length !== 4 || texts.some(({ name }) => name !== "StringLiteral")) {
    throw badQuery(`expected a vector and 4 texts in "${textOf(source, node)}"`);
  }
  const [label = "", value = "", from, pattern] = texts.map((one) => unquoted(textOf(source, one)));
  if (from !== "" || pattern !== "" || value.includes("$")) {
    throw notPlayed("label_replace of a part of another label");
  }
  return { kind: "labelled", of: expressionOf(source, of), label, value };
}

function rangeCall(source: Source, node: SyntaxNode, name: string): Expression {
  const known = oneOf(rangeFunctions, name);
  if (!known) throw notPlayed(`the function ${name}`);
  const range = argumentOf(source, node);
  const vector = range.getChild("VectorSelector");
  const duration = range.getChild("DurationExpr");
  if (range.name !== "MatrixSelector" || !vector || !duration) {
    if (range.name === "SubqueryExpr") throw notPlayed("subqueries");
    throw badQuery(`expected type range vector in call to function "${name}"`);
  }
  const seconds = secondsOfDuration(textOf(source, duration));
  return { kind: "range", name: known, matchers: matchersOf(source.text, vector), seconds };
}

function groupingOf(source: Source, node: SyntaxNode): Grouping {
  const modifier = node.getChild("AggregateModifier");
  if (!modifier) return { keeps: true, labels: [] };
  const labels = labelsOf(source, modifier.getChild("GroupingLabels"));
  return { keeps: modifier.getChild("By") !== null, labels };
}

function aggregation(source: Source, node: SyntaxNode): Expression {
  const operator = node.getChild("AggregateOp");
  const name = operator ? textOf(source, operator) : "";
  const known = oneOf(aggregations, name.toLowerCase());
  if (!known) throw notPlayed(`the aggregation ${name}`);
  const of = expressionOf(source, argumentOf(source, node));
  return { kind: "aggregation", name: known, grouping: groupingOf(source, node), of };
}

function matchingOf(source: Source, clause: SyntaxNode | null): Grouping | undefined {
  if (!clause) return undefined;
  if (clause.getChild("GroupLeft") ?? clause.getChild("GroupRight")) {
    throw notPlayed("group_left and group_right");
  }
  const labels = labelsOf(source, clause.getChild("GroupingLabels"));
  return { keeps: clause.getChild("On") !== null, labels };
}

function binary(source: Source, node: SyntaxNode): Expression {
  const children = childrenOf(node);
  const [left, sign] = children;
  const right = children.at(-1);
  if (!left || !sign || !right) throw badQuery("parse error: an operand is missing");
  const operator: Arithmetic | undefined = oneOf(arithmetic, textOf(source, sign));
  if (textOf(source, sign).toLowerCase() === "or" && children.length === 3) {
    return {
      kind: "union",
      left: expressionOf(source, left),
      right: expressionOf(source, right),
    };
  }
  if (!operator) throw notPlayed(`the operator ${textOf(source, sign)}`);
  const matching = matchingOf(source, node.getChild("MatchingModifierClause"));
  return {
    kind: "arithmetic",
    operator,
    left: expressionOf(source, left),
    right: expressionOf(source, right),
    ...(matching ? { matching } : {}),
  };
}

function negated(source: Source, node: SyntaxNode): Expression {
  const [sign, operand] = childrenOf(node);
  if (!sign || !operand) throw badQuery("parse error: an operand is missing");
  const right = expressionOf(source, operand);
  if (textOf(source, sign) === "+") return right;
  return { kind: "arithmetic", operator: "*", left: { kind: "number", value: -1 }, right };
}

function numberOf(source: Source, node: SyntaxNode): Expression {
  const text = textOf(source, node);
  const value = Number(text);
  return { kind: "number", value: Number.isNaN(value) ? secondsOfDuration(text) : value };
}

function onlyChild(source: Source, node: SyntaxNode): Expression {
  const [inner] = childrenOf(node);
  if (!inner) throw badQuery("parse error: no expression found in input");
  return expressionOf(source, inner);
}

const readers: Readonly<Record<string, (source: Source, node: SyntaxNode) => Expression>> = {
  AggregateExpr: aggregation,
  BinaryExpr: binary,
  FunctionCall: call,
  NumberDurationLiteral: numberOf,
  ParenExpr: onlyChild,
  UnaryExpr: negated,
  VectorSelector: ({ text }, node) => ({ kind: "selector", matchers: matchersOf(text, node) }),
};

/** What the grammar knows and the rehearsal does not play, in words. */
const unplayed: Readonly<Record<string, string>> = {
  MatrixSelector: "a range without a function",
  OffsetExpr: "the offset modifier",
  StepInvariantExpr: "the @ modifier",
  StringLiteral: "texts as results",
  SubqueryExpr: "subqueries",
};

function expressionOf(source: Source, node: SyntaxNode): Expression {
  const read = readers[node.name];
  if (read) return read(source, node);
  throw notPlayed(unplayed[node.name] ?? node.name);
}

function firstError(node: SyntaxNode): SyntaxNode | undefined {
  if (node.type.isError) return node;
  for (const child of childrenOf(node)) {
    const found = firstError(child);
    if (found) return found;
  }
  return undefined;
}

/**
 * Reads a query with the grammar of Prometheus' own authors.
 *
 * @throws QueryError for what is no PromQL, and for what the rehearsal does not play.
 */
export function parseQuery(query: string): Expression {
  const source = { text: withoutDots(query) };
  const top = packages.grammar().parser.parse(source.text).topNode;
  const wrong = firstError(top);
  if (wrong) {
    const rest = source.text.slice(wrong.from, wrong.from + 20);
    const found = rest === "" ? "end of input" : JSON.stringify(rest);
    throw badQuery(`1:${wrong.from + 1}: parse error: unexpected ${found}`);
  }
  return onlyChild(source, top);
}
