/**
 * The order of rows in query and key projections. Hugging Face's rotary embedding turns the pair (x[i], x[i + D/2]) of
 * a head, llama.cpp's for Llama (x[2i], x[2i + 1]), so its files have the rows of each head shuffled accordingly.
 */

/** For each row as Hugging Face has it, the row of the GGUF file; `rows` is heads · D. */
export function ggufRows(rows: number, heads: number): Uint32Array {
  const size = rows / heads;
  return Uint32Array.from({ length: rows }, (_, row) => {
    const [head, inHead] = [Math.floor(row / size), row % size];
    const [side, pair] = [Math.floor(inHead / (size / 2)), inHead % (size / 2)];
    return head * size + 2 * pair + side;
  });
}

/** Row r of the result is row `order[r]` of `data`. */
export function reorderRows<T extends Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>>(
  data: T,
  order: Uint32Array,
): T {
  const width = data.length / order.length;
  const result = data.slice() as T;
  for (const [row, from] of order.entries()) {
    result.set(data.subarray(from * width, (from + 1) * width), row * width);
  }
  return result;
}

/** The order that undoes `order`. */
export function inverseOrder(order: Uint32Array): Uint32Array {
  const inverse = new Uint32Array(order.length);
  for (const [row, from] of order.entries()) inverse[from] = row;
  return inverse;
}
