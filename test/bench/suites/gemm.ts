/** What a matrix product costs: ONNX Runtime's as the engine runs it, beside loops that V8 compiles. */
import { Graph } from '../../../trainer/graph/graph.ts';
import { matMul } from '../../../trainer/graph/ops.ts';
import { Program, type TensorData } from '../../../trainer/graph/program.ts';
import { compare, secondsPerCall } from '../figure.ts';

export async function* figures() {
  for (const size of [128, 512]) yield await squareProduct(size);
}

async function squareProduct(size: number) {
  const graph = new Graph();
  const [a, b] = [graph.input('a', [size, size]), graph.input('b', [size, size])];
  await using program = await Program.compile({ product: matMul(a, b) });
  const feeds = { a: matrix(size), b: matrix(size) };
  const product = new Float32Array(size * size);
  const gigaflops = async (multiply: () => unknown) =>
    (2 * size ** 3) / (await secondsPerCall(multiply)) / 1e9;
  return await compare({
    figure: `${size} x ${size} x ${size}`,
    unit: 'GFLOP/s',
    better: 'higher',
    ours: () => gigaflops(() => program.run(feeds)),
    peer: {
      name: 'plain JavaScript',
      measure: () => gigaflops(() => multiply(feeds.a.data, feeds.b.data, product)),
    },
  });
}

function matrix(size: number): TensorData & { readonly data: Float32Array } {
  return { shape: [size, size], data: Float32Array.from({ length: size * size }, () => Math.random() - 0.5) };
}

/** Rows of `a` times rows of `b`, so that the inner loop walks through memory in order. */
function multiply(a: Float32Array, b: Float32Array, product: Float32Array): void {
  const size = Math.sqrt(a.length);
  product.fill(0);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k]!;
      for (let j = 0; j < size; j++) product[i * size + j]! += factor * b[k * size + j]!;
    }
  }
}
