import { Graph } from './graph.ts';
import { add } from './ops.ts';
import { type Device, keepsTensors, Program } from './program.ts';
import { Upload } from './upload.ts';

/** 1.5 as a bit pattern. */
const half = 0x3e00;

/** Whether programs of a device take resident tensors in float16. */
export async function computesWithFloat16(device: Device): Promise<boolean> {
  if (!keepsTensors(device)) return false;
  await using upload = new Upload({ device });
  using halves = await upload.toDevice({ shape: [1], data: Uint16Array.of(half) });
  const graph = new Graph();
  const sum = add(graph.input('halves', [1]), graph.constant([1], [1]));
  await using program = await Program.compile({ sum }, { device, frozen: new Map([['halves', halves]]) });
  try {
    return (await program.run<'sum'>({})).sum.data[0] === 2.5;
  } catch (error) {
    if ((error as Error).message.includes('requires f16')) return false;
    throw error;
  }
}
