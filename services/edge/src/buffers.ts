/** Bytes of a buffer: 200 viewers need 25 MiB. */
export const bufferBytes = 128 * 1024;

/** Most buffers that wait to be used again: 32 MiB. */
const mostSpare = 256;

const spare: Buffer[] = [];

/**
 * A buffer that was used before, or a new one. A viewer needs one for as long as he watches; were each thrown away, the
 * memory would grow with those who have left until it is cleaned up.
 */
export const takeBuffer = (): Buffer => spare.pop() ?? Buffer.allocUnsafeSlow(bufferBytes);

/** Gives a buffer back that nobody reads from or writes to any more. */
export function giveBuffer(buffer: Buffer): void {
  if (spare.length < mostSpare) spare.push(buffer);
}
