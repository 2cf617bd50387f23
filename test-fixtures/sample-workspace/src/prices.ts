/** An article in a shopping cart. */
export interface Item {
  name: string;
  price: number;
  quantity: number;
}

/** Returns the total price of all items, each price times its quantity. */
export function totalPrice(items: Item[]): number {
  return items.reduce((total, item) => total + item.price * item.quantity, 0);
}

/** Returns the price reduced by the given percentage. */
export function discount(price: number, percent: number): number {
  return price - (price * percent) / 100;
}

/** Returns the price with two decimals and a dollar sign, such as $4.50. */
export function formatPrice(price: number): string {
  return `$${price.toFixed(2)}`;
}

/** Returns the names of the items. */
export function itemNames(items: Item[]): string[] {
  return items.map((item) => item.name);
}
