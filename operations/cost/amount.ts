/** Money of a month, in US dollars. */
export interface Amount {
  readonly least: number;
  /** Null where no upper bound is known. */
  readonly most: number | null;
}

/** An amount that is known exactly. */
export function exactly(usd: number): Amount {
  return { least: usd, most: usd };
}

/** Several amounts together. */
export function sumOf(amounts: readonly Amount[]): Amount {
  const most = amounts.map((amount) => amount.most);
  return {
    least: amounts.reduce((sum, { least }) => sum + least, 0),
    most: most.includes(null) ? null : most.reduce<number>((sum, one) => sum + (one ?? 0), 0),
  };
}

/** `$24.00`, `$78.00 to $234.00`, `$260.00 or more`. */
export function amountInWords({ least, most }: Amount): string {
  if (most === null) return `${usd(least)} or more`;
  return usd(least) === usd(most) ? usd(least) : `${usd(least)} to ${usd(most)}`;
}

const format = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });

/** `$1,234.50`; an amount below zero begins with its sign. */
export function usd(amount: number): string {
  return format.format(amount);
}
