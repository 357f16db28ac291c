/** Colours of lines: told apart also by whoever sees no red and green (Okabe and Ito), and lighter on a dark page. */
const lineColours = {
  light: ["#0072b2", "#00805c", "#a8447b", "#8a6d00", "#3d3d3d"],
  dark: ["#5ab4f0", "#35cf9f", "#f09ac6", "#f0e442", "#d0d0d0"],
} as const;

/** How a chart is drawn on a page of this scheme. */
export interface Look {
  readonly lines: readonly string[];
  readonly axis: string;
  readonly grid: string;
  readonly threshold: Readonly<Record<"warning" | "critical", string>>;
}

const dark = matchMedia("(prefers-color-scheme: dark)");

/** The look of the scheme that the person's system has now. */
export function currentLook(): Look {
  return dark.matches
    ? {
        lines: lineColours.dark,
        axis: "#b6bdc6",
        grid: "#ffffff18",
        threshold: { warning: "#f5b83d", critical: "#ff7a45" },
      }
    : {
        lines: lineColours.light,
        axis: "#4a525c",
        grid: "#00000014",
        threshold: { warning: "#b37400", critical: "#c44d00" },
      };
}

/** Calls back when the system changes between light and dark. */
export function onOtherScheme(changed: () => void): void {
  dark.addEventListener("change", changed);
}

/** Colour and dashes of each line: those whose names begin with the same word have the same colour. */
export function strokesOf(names: readonly string[], { lines }: Look) {
  const firsts = [...new Set(names.map(firstWord))];
  return names.map((name, index) => {
    const before = names.slice(0, index).filter((one) => firstWord(one) === firstWord(name));
    const colour = lines[firsts.indexOf(firstWord(name)) % lines.length] ?? lines[0] ?? "#888";
    return { colour, dash: before.length > 0 ? [5, 4] : [] };
  });
}

const firstWord = (name: string) => name.split(" ")[0] ?? name;
