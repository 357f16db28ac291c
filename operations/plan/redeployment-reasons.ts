import type { Environment } from "../../environments/loading/load.ts";
import type { Difference } from "./difference.ts";
import { isCiphertext } from "./noise.ts";
import { shownSides } from "./shown.ts";

/** Attributes that have a shorter name among people. */
const words: Readonly<Record<string, string>> = {
  "image.digest": "image",
  "image.repository": "repository",
  instance_size_slug: "size",
  instance_count: "instances",
  run_command: "command",
};

/** Reasons why a component is deployed. Values of variables are never shown, and names of the same reason are together. */
export function reasonsOf(
  environment: Environment,
  component: string,
  differences: readonly Difference[],
): string[] {
  const own = differences.flatMap((difference) => attributeReason(difference) ?? []);
  const variables = differences.flatMap(
    (difference) => variableReason(environment, component, difference) ?? [],
  );
  const whys = [...new Set(variables.map(({ why }) => why))];
  return [
    ...own,
    ...whys.map((why) => {
      const names = variables.filter((one) => one.why === why).map(({ name }) => name);
      return `${why}: ${[...new Set(names)].join(", ")}`;
    }),
  ];
}

const ofComponent = /^spec\.(?:(?:service|worker|job)\[[^\]]+\]\.?)?/;
const ofVariable = /\benv\[([^\]]+)\]/;

/** `image sha256:… → sha256:…`; undefined for a variable. */
function attributeReason(difference: Difference): string | undefined {
  const attribute = difference.path.replace(ofComponent, "");
  const { before, after } = shownSides(difference);
  if (attribute === "") return after === "absent" ? "it goes" : "it is new";
  if (ofVariable.test(attribute)) return undefined;
  return `${words[attribute] ?? attribute} ${before} → ${after}`;
}

function variableReason(
  environment: Environment,
  component: string,
  difference: Difference,
): { readonly name: string; readonly why: string } | undefined {
  const { path, before, after } = difference;
  const name = ofVariable.exec(path)?.[1];
  if (name === undefined) return undefined;
  if (path.endsWith("].value"))
    return { name, why: valueReason(environment, component, name, difference) };
  if (before === undefined) return { name, why: "new variables" };
  return { name, why: after === undefined ? "variables that go" : "changed variables" };
}

function valueReason(
  { sealed }: Environment,
  component: string,
  name: string,
  { before, after }: Difference,
): string {
  if (!isCiphertext(before)) return "changed variables";
  if (isCiphertext(after)) return "secrets that go back to the sealed ones";
  return sealed?.components[component]?.[name]
    ? "secrets with another value"
    : "secrets that are sent again, because they are not sealed";
}
