import stringWidth from "string-width";

/** How one column of a text table stands. */
export interface Column {
  /** Characters that it takes at least, so that it stays in its place from one output to the next. @default 0 */
  readonly least?: number;
  /** @default "left" */
  readonly align?: "left" | "right";
}

/**
 * Rows of cells as lines of text whose columns begin at the same place: the tables of `mam` and of the rehearsal.
 *
 * Widths are those of a terminal: a wide character takes two places, and the codes of a colour none. No line ends in spaces.
 *
 * @param shape the columns that differ from the defaults, from the left.
 * @param gap spaces between two columns.
 */
export function columns(
  rows: readonly (readonly string[])[],
  shape: readonly Column[] = [],
  gap = 2,
): string[] {
  const count = Math.max(0, ...rows.map((row) => row.length));
  const widths = Array.from({ length: count }, (_, column) =>
    Math.max(shape[column]?.least ?? 0, ...rows.map((row) => stringWidth(row[column] ?? ""))),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0, shape[column]))
      .join(" ".repeat(gap))
      .trimEnd(),
  );
}

function padded(cell: string, width: number, { align = "left" }: Column = {}): string {
  const space = " ".repeat(width - stringWidth(cell));
  return align === "right" ? `${space}${cell}` : `${cell}${space}`;
}
