import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { type Instruction, DockerfileParser, JSONInstruction } from "dockerfile-ast";

/** Folder of the services: what `docker build` is given as its context. */
export const services = fileURLToPath(new URL("../../../", import.meta.url));

/** The services that have an image. */
export const imageNames = ["frontend", "api", "worker", "edge", "backup"] as const;

/** Name of a service that has an image. */
export type ImageName = (typeof imageNames)[number];

/** One instruction: what it is called, its words, its flags, and the words of its JSON form if it has that. */
export interface Step {
  readonly keyword: string;
  readonly words: readonly string[];
  readonly flags: Readonly<Record<string, string>>;
  readonly json: readonly string[];
}

/** A stage of a build. */
export interface Stage {
  readonly name: string | undefined;
  /** What it begins with: an image, or the name of another stage. */
  readonly from: string;
  readonly steps: readonly Step[];
}

/** The stages of a service's Dockerfile; the last one is the image. */
export function stagesOf(service: ImageName): readonly Stage[] {
  const file = DockerfileParser.parse(readFileSync(`${services}${service}/Dockerfile`, "utf8"));
  const stages: { name: string | undefined; from: string; steps: Step[] }[] = [];
  for (const instruction of file.getInstructions()) {
    const step = stepOf(instruction);
    const [from = "", , name] = step.words;
    if (step.keyword === "FROM") stages.push({ from, name, steps: [] });
    else stages.at(-1)?.steps.push(step);
  }
  return stages;
}

/** What becomes the image. */
export function lastStage(service: ImageName): Stage {
  const stage = stagesOf(service).at(-1);
  if (!stage) throw new Error(`${service}/Dockerfile has no FROM`);
  return stage;
}

/** The steps of a stage with a keyword. */
export const stepsOf = ({ steps }: Stage, keyword: string): readonly Step[] =>
  steps.filter((step) => step.keyword === keyword);

function stepOf(instruction: Instruction): Step {
  const words = instruction.getArguments().map((argument) => argument.getValue());
  const isJson = instruction instanceof JSONInstruction;
  const json = isJson ? instruction.getJSONStrings().map((text) => text.getJSONValue()) : [];
  const flags = isJson
    ? instruction.getFlags().map((flag) => [flag.getName(), flag.getValue() ?? ""] as const)
    : [];
  return { keyword: instruction.getKeyword(), words, json, flags: Object.fromEntries(flags) };
}
