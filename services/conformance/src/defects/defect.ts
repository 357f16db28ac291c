import type { Service } from "../target.ts";

/** A mistake that an author of images could make, as a change of one of our services. */
export interface Defect {
  /** What the service does then, in words. */
  readonly defect: string;
  readonly service: Service;
  /** Source that is changed, below services/. */
  readonly file: string;
  /** What stands there, exactly once. */
  readonly line: string;
  /** What stands there instead. */
  readonly instead: string;
  /** The statements that must not hold then, and no other of the service's. */
  readonly caught: readonly string[];
  /** Whether a statement is among them that starts instances of its own; default no, because that takes time. */
  readonly startsInstances?: boolean;
}
