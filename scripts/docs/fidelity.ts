import type { FidelityRow } from "@mam-infra/cloud/fidelity";
import { digitalOceanFidelity } from "@mam-infra/cloud/digitalocean/fidelity";
import { hcpFidelity } from "@mam-infra/cloud/hcp/fidelity";
import { spacesFidelity } from "@mam-infra/cloud/spaces/fidelity";
import { wasabiFidelity } from "@mam-infra/cloud/wasabi/fidelity";
import { durations } from "@mam-infra/cloud/durations";
import { code, generatedPage, table } from "./markdown.ts";

const introduction = `
What the rehearsal cloud assumes about the platforms. A rehearsal is worth as much as these rows: each has its source, a
command that shows the behaviour on a real account, and the test that holds the rehearsal to it. Last verified says when it
was last seen elsewhere, and how; this project has run no probe on a real account yet. Whoever runs one notes the date, and mends
the row, the test and the code together where it is wrong.
`;

const platforms = {
  digitalocean: "DigitalOcean",
  wasabi: "Wasabi",
  spaces: "Spaces",
  hcp: "HCP Terraform: published and read, never seen",
} as const;

/** Every assumption about the platforms, and how to check it. */
export function fidelityPage(): string {
  const rows: readonly FidelityRow[] = [
    ...digitalOceanFidelity,
    ...wasabiFidelity,
    ...spacesFidelity,
    ...hcpFidelity,
  ];
  const sections = Object.entries(platforms).map(([platform, name]) => {
    const own = rows
      .filter((row) => row.platform === platform)
      .map(({ behaviour, source, lastVerified, probe, test }) => [
        behaviour,
        source,
        lastVerified === "never" ? lastVerified : `${lastVerified.date}, ${lastVerified.how}`,
        code(probe),
        `[test](../${test})`,
      ]);
    return `## ${name}\n\n${table(["Behaviour", "Source", "Last verified", "Probe", "Held by"], own)}`;
  });
  return [generatedPage("Fidelity", introduction), ...sections, durationSection(), ""].join("\n\n");
}

function durationSection(): string {
  const rows = Object.entries(durations).map(([name, { seconds, source, assumed }]) => [
    code(name),
    `${seconds} s`,
    assumed ? "assumed" : "stated",
    source,
  ]);
  return `## Durations\n\nWhat the virtual clock plays, and what the critical path of a rehearsal adds up.\n\n${table(
    ["Duration", "Value", "", "Source"],
    rows,
  )}`;
}
