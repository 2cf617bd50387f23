/** All primitive ops, each with its shape rule and gradient side by side in the file that defines it. */
export * from './ops/elementwise.ts';
export * from './ops/indexing.ts';
export * from './ops/layout.ts';
export * from './ops/matmul.ts';
export * from './ops/model.ts';
export * from './ops/reduction.ts';
