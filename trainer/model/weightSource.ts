/** The weights of a model where they are stored, read one tensor at a time. */

export interface StoredTensor {
  readonly shape: readonly number[];
  /** As the file calls it: F32, F16 and BF16, or one of GGUF's blocks (gguf/blockFormats.ts). */
  readonly format: string;
  /** Bytes in the file. */
  readonly bytes: number;
}

/**
 * Tensors go by their Hugging Face names and shapes, and rows come in that order, whatever the file has. Nothing is
 * kept: each call reads the file, through a buffer of a few megabytes where numbers are converted.
 */
export interface WeightSource {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  /** The file that holds a tensor, for messages. */
  readonly fileOf: (name: string) => string;
  /** The tensor as float32, row-major; exactly the stored values. */
  read(name: string): Promise<Float32Array>;
  /** The tensor as it is stored: for block formats, rows of blocks. */
  readStored(name: string): Promise<Uint8Array<ArrayBuffer>>;
}
