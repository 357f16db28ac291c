import type { Picture } from "./picture.ts";

/** A picture as a Mermaid diagram, which GitHub and GitLab draw. */
export function mermaidOf({ frames, boxes, arrows }: Picture): string {
  return [
    "flowchart LR",
    ...frames.flatMap(({ id, title }) => [
      `  subgraph ${id}_frame["${title}"]`,
      ...boxes
        .filter(({ frame }) => frame === id)
        .map((box) => `    ${box.id}["${box.title}<br>${box.about}"]`),
      "  end",
    ]),
    ...arrows.map(({ from, to }) => `  ${from} --> ${to}`),
  ].join("\n");
}
