/** Cents of an amount. */
export function cents(amount: number): number {
  return Math.round(amount * 100);
}

/** An amount as people write it. */
export const format = (amount: number): string => `$${amount.toFixed(2)}`;

export default class Wallet {
  constructor(private total = 0) {}

  /** Adds an amount; answers how much there is. */
  add(amount: number): number {
    this.total += amount;
    return this.total;
  }
}
