/** Frames a second of a preview, at most: slow motion is recorded at 120 and 240. */
export const mostFrames = 60;

/** Height from which a picture that does not say so counts as BT.709, as browsers have it. */
export const highDefinition = 720;
