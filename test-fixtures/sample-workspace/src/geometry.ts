/** Returns the area of a rectangle. */
export function rectangleArea(width: number, height: number): number {
  return width * height;
}

/** Returns the perimeter of a rectangle. */
export function rectanglePerimeter(width: number, height: number): number {
  return 2 * (width + height);
}

/** Returns the length of the longest side of a right triangle with legs a and b. */
export function hypotenuse(a: number, b: number): number {
  return Math.sqrt(a * a + b * b);
}

/** Returns true if three sides can form a triangle. */
export function isTriangle(a: number, b: number, c: number): boolean {
  return a + b > c && a + c > b && b + c > a;
}
