import {
  blocksOf,
  flagIn,
  numberIn,
  textIn,
  type Plain,
  type PlainBlock,
  type ResourceData,
} from "../../engine/data.ts";

/** The maintenance window as the API takes it. */
export function maintenanceOf(window: PlainBlock) {
  return { day: textIn(window, "day"), hour: textIn(window, "hour") };
}

/** The growth of the storage as the API takes it. */
export function autoscaleOf(block: Plain) {
  const [autoscale = {}] = blocksOf(block);
  return {
    enabled: flagIn(autoscale, "enabled"),
    threshold_percent: numberIn(autoscale, "threshold_percent"),
    increment_gib: numberIn(autoscale, "increment_gib"),
  };
}

/** The storage size; it is a text in Terraform and a number in the API. */
export function storageOf(data: ResourceData): { storage_size_mib?: number } {
  const text = data.text("storage_size_mib");
  return /^[1-9]\d*$/.test(text) ? { storage_size_mib: Number(text) } : {};
}
