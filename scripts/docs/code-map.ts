import map from "../../layers.json" with { type: "json" };
import { code, table } from "./markdown.ts";

const layers: Readonly<Record<string, { for: string; imports: readonly string[] }>> = map.layers;
const rooms: Readonly<Record<string, Readonly<Record<string, string>>>> = map.rooms;

/** Where things are and who may import whom: from layers.json, which `npm run layers` holds the code to. */
export function codeMap(): string {
  return [
    picture(),
    table(["Folder", "What it is for", "May import"], Object.entries(layers).map(layerRow)),
    "Three of them are divided into rooms. A room may import those above it, and no other.",
    ...Object.entries(rooms).map(roomTable),
  ].join("\n\n");
}

function picture(): string {
  const arrows = Object.keys(layers).flatMap((folder) =>
    directImports(folder).map((below) => `  ${node(folder)} --> ${node(below)}`),
  );
  return ["```mermaid", "flowchart TD", ...arrows, "```"].join("\n");
}

/** The layers that a layer imports, without those that it reaches through another one anyway. */
function directImports(folder: string): string[] {
  const below = importsOf(folder);
  return below.filter((one) => !below.some((other) => importsOf(other).includes(one)));
}

/** Each layer names all that it may import, so that nothing further is reached through them. */
function importsOf(folder: string): readonly string[] {
  return layers[folder]?.imports ?? [];
}

function node(folder: string): string {
  const name = folder.replace(/\/$/, "");
  return `${name.replace("/", "-")}["${name}"]`;
}

function layerRow([folder, layer]: [string, (typeof layers)[string]]): string[] {
  const imports = layer.imports.map(code).join(", ");
  return [link(folder), layer.for, imports === "" ? "nothing of the project" : imports];
}

function roomTable([folder, named]: [string, (typeof rooms)[string]]): string {
  const rows = Object.entries(named).map(([room, purpose]) => [
    link(`${folder}/${room}/`),
    purpose,
  ]);
  return table(["Room", "What it is for"], rows);
}

function link(folder: string): string {
  return `[${folder}](../${folder})`;
}
