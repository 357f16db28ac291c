import type { Attempt } from "./attempts.ts";
import { description, type Schema } from "./description.ts";
import { contradictions, flat } from "./schemas.ts";

/** A field of an answer, or a whole answer, compared with the description. */
export interface AnswerCheck {
  readonly operation: string;
  /** `.vpc.id`; empty for the status and the whole. */
  readonly field: string;
  /** What is wrong; empty where it agrees. */
  readonly problem: string;
}

/** Compares every answer of an accepted request: its status, its fields, their types and values. */
export function answerChecks(attempts: readonly Attempt[]): AnswerCheck[] {
  const found = new Map<string, AnswerCheck>();
  for (const attempt of attempts.filter(isTelling)) {
    for (const check of checked(attempt)) {
      const key = `${check.operation} ${check.field}`;
      if ((found.get(key)?.problem ?? "") === "") found.set(key, check);
    }
  }
  return [...found.values()];
}

/** Whether an answer may have fields that others lack: what only tries a bound answers like the valid request. */
const isTelling = ({ kind, reply: { status } }: Attempt) =>
  status < 300 && (kind === "as it is" || kind === "allowed value" || kind === "added");

function checked({ operation, reply: { status, body } }: Attempt): AnswerCheck[] {
  const answers = description.operations[operation]?.answers ?? {};
  const schema = answers[status];
  const at = (field: string, problem = "") => ({ operation, field, problem });
  if (!schema) {
    return [at("", `status ${status}; the description has ${Object.keys(answers).join(", ")}`)];
  }
  if (Object.keys(schema).length === 0) {
    return [at("", body === undefined ? "" : "a body where the description has none")];
  }
  const wrong = contradictions(schema, body).map((text) => {
    const [place = "", ...words] = text.split(" ");
    return at(place, words.join(" "));
  });
  return [
    at(""),
    ...fieldsOf(schema, body, "").map(({ field, isKnown }) =>
      at(field, isKnown ? "" : "unknown to the description"),
    ),
    ...wrong,
  ];
}

interface Field {
  readonly field: string;
  readonly isKnown: boolean;
}

/** Every field of a value, and whether the description has it. */
function fieldsOf(schema: Schema, value: unknown, place: string): Field[] {
  const known = flat(schema, value);
  if (Array.isArray(value)) {
    return value.flatMap((one) => (known.items ? fieldsOf(known.items, one, `${place}[]`) : []));
  }
  if (typeof value !== "object" || value === null) return [];
  const { properties = {}, additionalProperties: more } = known;
  // An object without fields of its own is described as no more than an object.
  const isOpen = more !== undefined || Object.keys(properties).length === 0;
  return Object.entries(value).flatMap(([name, inner]) => {
    const part = properties[name] ?? (typeof more === "object" ? more : undefined);
    const field = `${place}.${isOpen && !properties[name] ? "*" : name}`;
    if (!part) return [{ field, isKnown: isOpen }];
    return [{ field, isKnown: true }, ...fieldsOf(part, inner, field)];
  });
}
