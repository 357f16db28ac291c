/** Something that runs until it is closed. */
interface Running {
  close(): Promise<void>;
}

/** Waits until all run. When one fails, closes those that run and throws its error. */
export async function allOrNone<const All extends readonly Running[]>(starting: {
  readonly [Index in keyof All]: Promise<All[Index]>;
}): Promise<All> {
  try {
    return await Promise.all(starting);
  } catch (error) {
    const ends = await Promise.allSettled<Running>(starting);
    for (const end of ends) if (end.status === "fulfilled") await end.value.close();
    throw error;
  }
}
