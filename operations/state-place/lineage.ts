import { z } from "zod";

const header = z.looseObject({ serial: z.number(), lineage: z.string() });

/** What a state says of itself: its lineage is one state's whole life, and each write of it has the next serial. */
export function lineageAndSerial(text: string): {
  readonly lineage: string;
  readonly serial: number;
} {
  const { lineage, serial } = header.parse(JSON.parse(text));
  return { lineage, serial };
}
