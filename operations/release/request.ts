import { type ImageName, imageNames } from "../../environments/schema/environment.ts";

/** An image that is asked for: by tag, or by digest. */
export interface RequestedImage {
  readonly component: ImageName;
  readonly reference: string;
}

/** What the arguments of a release ask for, and what is wrong with them. */
export interface ReleaseRequest {
  readonly images: readonly RequestedImage[];
  readonly problems: readonly string[];
}

/**
 * Reads `api=v1.4.0 worker=sha256:…`, as arguments of their own or as one, which is how an image build hands them on.
 * Everything that is wrong is found at once.
 */
export function parseRequest(operands: readonly string[]): ReleaseRequest {
  const problems: string[] = [];
  const words = operands.flatMap((operand) => operand.split(/\s+/).filter((word) => word !== ""));
  const images = words.flatMap((operand) => {
    const [, name = "", reference] = /^([^=]*)=(.+)$/.exec(operand) ?? [];
    const component = imageNames.find((one) => one === name);
    if (reference === undefined) {
      problems.push(`"${operand}" is not understood, expected component=tag or component=digest`);
    } else if (!component) {
      problems.push(`there is no component "${name}", expected one of: ${imageNames.join(", ")}`);
    }
    return component && reference !== undefined ? [{ component, reference }] : [];
  });
  const named = images.map(({ component }) => component);
  const twice = new Set(named.filter((name, index) => named.indexOf(name) !== index));
  return { images, problems: [...problems, ...[...twice].map((name) => `${name} is named twice`)] };
}
