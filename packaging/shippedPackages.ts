/**
 * The packages that stay files of their own beside the bundles, because they hold native code or WebAssembly. All others
 * are part of the bundles.
 */
export const shippedPackages = ['onnxruntime-node', 'onnxruntime-common', '@vscode/tree-sitter-wasm'];
