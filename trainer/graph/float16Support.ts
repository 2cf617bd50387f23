import { Graph } from './graph.ts';
import { matMul } from './ops.ts';
import { type Device, keepsTensors, Program } from './program.ts';
import { Upload } from './upload.ts';

/** 1.5 as a bit pattern. */
const half = 0x3e00;

/** Whether programs of a device take resident tensors in float16. */
export async function computesWithFloat16(device: Device): Promise<boolean> {
  if (!keepsTensors(device)) return false;
  await using upload = new Upload({ device });
  using halves = await upload.toDevice({ shape: [1, 1], data: Uint16Array.of(half) });
  const graph = new Graph();
  const product = matMul(graph.constant([2], [1, 1]), graph.input('halves', [1, 1]));
  await using program = await Program.compile({ product }, { device, frozen: new Map([['halves', halves]]) });
  try {
    return (await program.run<'product'>({})).product.data[0] === 3;
  } catch (error) {
    if ((error as Error).message.includes('requires f16')) return false;
    throw error;
  }
}
