import { escapeHtml } from "../../context/html.ts";
import type { Arrow, Box, Picture } from "./picture.ts";

/** Sizes in units of the drawing. */
const size = { box: 210, height: 52, gap: 26, frame: 22, head: 34, between: 70 } as const;

interface Place {
  readonly x: number;
  readonly y: number;
}

/** A picture as SVG: frames beside each other, boxes below each other. Colours are those of the page around it. */
export function svgOf(picture: Picture): string {
  const { frames, caption } = picture;
  const deepest = Math.max(...frames.map(({ id }) => boxesOf(picture, id).length));
  const height = size.head + deepest * (size.height + size.gap) + size.frame;
  const width = frames.length * (frameWidth + size.between) - size.between;
  const places = placesOf(picture, height);
  return [
    `<svg role="img" viewBox="0 0 ${width} ${height}" aria-label="${escapeHtml(caption)}">`,
    '<defs><marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto"><path d="M0 0 8 4 0 8z"/></marker></defs>',
    ...frames.map(({ title }, column) => frameSvg(title, column, height)),
    ...picture.arrows.map((arrow) => arrowSvg(arrow, places)),
    ...picture.boxes.map((box) => boxSvg(box, placeOf(places, box.id))),
    "</svg>",
  ].join("\n");
}

const frameWidth = size.box + 2 * size.frame;

const boxesOf = ({ boxes }: Picture, frame: string) => boxes.filter((box) => box.frame === frame);

function placesOf(picture: Picture, height: number): ReadonlyMap<string, Place> {
  const places = picture.frames.flatMap(({ id }, column) => {
    const boxes = boxesOf(picture, id);
    const all = boxes.length * (size.height + size.gap) - size.gap;
    const top = size.head + (height - size.head - all) / 2;
    const x = column * (frameWidth + size.between) + size.frame;
    return boxes.map(
      (box, row) => [box.id, { x, y: top + row * (size.height + size.gap) }] as const,
    );
  });
  return new Map(places);
}

function placeOf(places: ReadonlyMap<string, Place>, id: string): Place {
  const place = places.get(id);
  if (!place) throw new Error(`the picture has no box ${id}`);
  return place;
}

function frameSvg(title: string, column: number, height: number): string {
  const x = column * (frameWidth + size.between);
  return `<rect class="frame" x="${x}" y="0" width="${frameWidth}" height="${height}" rx="10"/><text class="head" x="${x + size.frame}" y="22">${escapeHtml(title)}</text>`;
}

function boxSvg({ title, about }: Box, { x, y }: Place): string {
  return [
    `<rect class="box" x="${x}" y="${y}" width="${size.box}" height="${size.height}" rx="7"/>`,
    `<text class="title" x="${x + 12}" y="${y + 21}">${escapeHtml(title)}</text>`,
    `<text class="about" x="${x + 12}" y="${y + 40}">${escapeHtml(shortened(about))}</text>`,
  ].join("");
}

/** What fits into a box. */
function shortened(about: string): string {
  const most = 27;
  return about.length <= most ? about : `${about.slice(0, most - 1)}…`;
}

/** From the right side of a box to the left side of another; to one in the same frame, around its right side. */
function arrowSvg({ from, to }: Arrow, places: ReadonlyMap<string, Place>): string {
  const start = placeOf(places, from);
  const end = placeOf(places, to);
  const [x1, y1] = [start.x + size.box, start.y + size.height / 2];
  const [x2, y2] = [end.x, end.y + size.height / 2];
  const bend = (x2 - x1) / 2;
  return `<path class="arrow" d="M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}" marker-end="url(#tip)"/>`;
}
