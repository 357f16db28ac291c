/** Red, green and blue, 0 to 255. */
export type Colour = readonly [number, number, number];

/** A landscape that a film pans over. */
export interface Scene {
  readonly name: string;
  readonly skyTop: Colour;
  readonly skyLow: Colour;
  readonly sun: Colour;
  /** Where the sun stands: 0 to 1 from the left, and from the top. */
  readonly sunAt: readonly [number, number];
  /** Of the farthest ridge and of the nearest. */
  readonly farRidge: Colour;
  readonly nearRidge: Colour;
  /** How steep the ridges are: 1 for hills. */
  readonly steepness: number;
  /** Which part of the endless ridges it is. */
  readonly place: number;
}

/** Landscapes in the light of different hours. */
export const scenes: readonly Scene[] = [
  {
    name: "Harbour at first light",
    skyTop: [38, 52, 98],
    skyLow: [250, 178, 118],
    sun: [255, 226, 170],
    sunAt: [0.62, 0.52],
    farRidge: [186, 120, 122],
    nearRidge: [22, 22, 44],
    steepness: 0.75,
    place: 0,
  },
  {
    name: "Northern ridge",
    skyTop: [16, 38, 62],
    skyLow: [126, 190, 200],
    sun: [236, 250, 240],
    sunAt: [0.3, 0.3],
    farRidge: [98, 148, 164],
    nearRidge: [10, 30, 40],
    steepness: 1.7,
    place: 3.1,
  },
  {
    name: "Desert road, take 3",
    skyTop: [92, 42, 74],
    skyLow: [255, 150, 84],
    sun: [255, 214, 140],
    sunAt: [0.42, 0.44],
    farRidge: [214, 108, 72],
    nearRidge: [62, 22, 34],
    steepness: 0.45,
    place: 7.7,
  },
  {
    name: "Night over the valley",
    skyTop: [6, 8, 26],
    skyLow: [48, 58, 110],
    sun: [226, 232, 255],
    sunAt: [0.74, 0.24],
    farRidge: [44, 50, 96],
    nearRidge: [4, 5, 16],
    steepness: 1.1,
    place: 12.9,
  },
  {
    name: "Morning fog",
    skyTop: [140, 158, 172],
    skyLow: [238, 224, 206],
    sun: [255, 250, 236],
    sunAt: [0.5, 0.36],
    farRidge: [206, 204, 198],
    nearRidge: [58, 74, 78],
    steepness: 0.95,
    place: 18.2,
  },
  {
    name: "Lavender hills",
    skyTop: [66, 44, 110],
    skyLow: [244, 168, 190],
    sun: [255, 226, 214],
    sunAt: [0.24, 0.5],
    farRidge: [170, 112, 176],
    nearRidge: [34, 18, 58],
    steepness: 0.85,
    place: 24.4,
  },
];
