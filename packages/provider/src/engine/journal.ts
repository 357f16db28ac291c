import {
  diagnosticMessage,
  errorAt,
  type Diagnostic,
  type DiagnosticMessage,
} from "../protocol/diagnostic.ts";
import { ProviderFailure } from "./failure.ts";

/**
 * What is to be said after one call of Terraform.
 *
 * A failure that the real provider would report is a diagnostic. A mistake of the rehearsal is a
 * diagnostic too, and a finding besides: a rehearsal with findings has failed, whatever Terraform
 * made of it.
 */
export class Journal {
  readonly #type: string;
  readonly #findings: string[];
  readonly #diagnostics: Diagnostic[] = [];

  constructor(type: string, findings: string[]) {
    this.#type = type;
    this.#findings = findings;
  }

  /** Adds a diagnostic. */
  add(diagnostic: Diagnostic): void {
    this.#diagnostics.push(diagnostic);
  }

  /** Adds a mistake of the rehearsal, as a sentence without its subject. */
  mistake(sentence: string): void {
    const finding = `${this.#type}: ${sentence}`;
    this.#findings.push(finding);
    this.add(errorAt(`Mistake in the rehearsal: ${finding}`));
  }

  #caught(error: unknown): void {
    // Never the stack: Terraform would print it.
    if (error instanceof ProviderFailure) this.add(errorAt(error.message, error.detail));
    else this.mistake(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  }

  /** Runs work; an error becomes a diagnostic and the result undefined. */
  guard<T>(work: () => T): T | undefined {
    try {
      return work();
    } catch (error) {
      this.#caught(error);
      return undefined;
    }
  }

  /** As {@link guard}, for work that takes time. */
  async guardAsync<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      this.#caught(error);
      return undefined;
    }
  }

  /** Runs work that takes time; an error becomes a diagnostic and is given back. */
  async failureOf(work: () => Promise<void>): Promise<unknown> {
    try {
      await work();
      return undefined;
    } catch (error) {
      this.#caught(error);
      return error;
    }
  }

  /** Whether something went wrong. */
  failed(): boolean {
    return this.#diagnostics.some(({ severity }) => severity === "ERROR");
  }

  /** Everything said, for the protocol. */
  messages(): readonly DiagnosticMessage[] {
    return this.#diagnostics.map(diagnosticMessage);
  }
}
