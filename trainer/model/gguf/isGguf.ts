/** Whether a model is named by its GGUF file, and not by a directory. */
export const isGguf = (path: string): boolean => path.toLowerCase().endsWith('.gguf');
