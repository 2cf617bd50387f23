/** What was seen to run on ONNX Runtime's WebGPU provider with no fallback to the CPU, among the ops that we write. */
export const webGpuOps: ReadonlySet<string> = new Set([
  ...['Add', 'Sub', 'Mul', 'Div', 'Neg', 'Exp', 'Log', 'Sqrt', 'Reciprocal', 'Sigmoid', 'Min', 'Clip'],
  ...['LessOrEqual', 'Where', 'Cast', 'Identity'],
  ...['Shape', 'Reshape', 'Transpose', 'Concat', 'Slice', 'Pad', 'Expand', 'Unsqueeze', 'Squeeze'],
  ...['ReduceSum', 'ReduceMean', 'ReduceMax', 'Softmax', 'CumSum', 'MatMul', 'Gemm'],
  ...['Gather', 'GatherElements', 'ScatterElements', 'ScatterND'],
]);
