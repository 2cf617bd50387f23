/**
 * Run as a process of its own by `device.ts`: times one matrix product on the CPU and on the device in argv[2], and tries
 * numbers in float16 there. Answers in JSON.
 */
import { computesWithFloat16 } from './float16Support.ts';
import { Graph } from './graph.ts';
import { matMul } from './ops.ts';
import { type Device, Program } from './program.ts';

/** Rows, columns and inner size of the product: about the work of one linear layer on a small batch. */
const size = 768;
const tolerance = 1e-2;

try {
  const tried = process.argv[2] as Device;
  const cpu = await timeOf('cpu');
  const device = await timeOf(tried);
  if (Math.abs(device.sample - cpu.sample) > tolerance) throw new Error('it computes wrongly');
  const float16 = await computesWithFloat16(tried);
  console.log(JSON.stringify({ size, cpu: cpu.milliseconds, device: device.milliseconds, float16 }));
} catch (error) {
  // ONNX Runtime puts the failed assertion's source code in front of what it means.
  console.error((error as Error).message.replace(/^.* was false\. /s, '').trim());
  process.exitCode = 1;
}

/**
 * The shortest of a few runs after one to warm up, with one element of the product. A graphics card that is made of
 * software can take seconds for one; then the first says enough.
 */
async function timeOf(device: Device): Promise<{ milliseconds: number; sample: number }> {
  const graph = new Graph();
  const shape = [size, size];
  const result = matMul(graph.input('a', shape), graph.input('b', shape));
  await using program = await Program.compile({ result }, { device });
  const data = Float32Array.from({ length: size ** 2 }, (_, i) => ((i * 7919) % 201) / 100 - 1);
  let milliseconds = Number.POSITIVE_INFINITY;
  let sample = 0;
  for (let run = 0; run < 6; run++) {
    const started = performance.now();
    const outputs = await program.run<'result'>({ a: { shape, data }, b: { shape, data } });
    const taken = performance.now() - started;
    if (run > 0 || taken > 1000) milliseconds = Math.min(milliseconds, taken);
    sample = (outputs.result.data as Float32Array)[size + 1]!;
    if (taken > 1000) break;
  }
  return { milliseconds, sample };
}
