import type { Guard } from "../landmines/landmine.ts";
import { type Minefield, minefields } from "../landmines/landmines.ts";
import { code, generatedPage, table } from "./markdown.ts";

const introduction = `
What has cost others data or days with these platforms, and where it is made impossible or caught here. A test holds that
every line, test, check and act is there: who removes one has to say what takes its place. Sources: the platforms' own pages, the
providers' issues, and measurements.
`;

/** Every landmine, and what keeps people off it. */
export function landminesPage(): string {
  return [generatedPage("Landmines", introduction), ...minefields.map(section), ""].join("\n\n");
}

function section({ title, letter, landmines }: Minefield): string {
  const rows = landmines.map(({ what, guards }, index) => [
    `${letter}${index + 1}`,
    what,
    guards.map(guardText).join("; "),
  ]);
  return `## ${title}\n\n${table(["No.", "What goes wrong", "Kept off by"], rows)}`;
}

function guardText(guard: Guard): string {
  switch (guard.kind) {
    case "line":
      return `${code(guard.text)} in [${guard.file}](${hrefOf(guard.file)})`;
    case "test":
      return `[test](${hrefOf(guard.file)}): ${guard.name}`;
    case "check":
      return `[check](checks.md) ${code(guard.id)}`;
    case "act":
      return `[act](rehearsal.md) ${code(guard.name)}`;
  }
}

const hrefOf = (file: string) => (file.startsWith("docs/") ? file.slice(5) : `../${file}`);
