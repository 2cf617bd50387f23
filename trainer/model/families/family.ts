/** What sets one family of models apart from the others, in one object a family; the block itself is in llama.ts. */
export interface Family {
  /** `model_type` in config.json. */
  readonly modelType: string;
  /** The class in transformers, which a written config.json names. */
  readonly architecture: string;
  /** `general.architecture` in GGUF, which is also the prefix of its other keys. */
  readonly gguf: string;
  /** Models that people know, for the sentence that tells what is supported. */
  readonly examples: string;
  /** What a field means that config.json leaves out: transformers' own defaults. */
  readonly defaults: {
    readonly keyValueHeads?: number;
    readonly headDim?: number;
    readonly maxPositions: number;
    readonly bosTokenId: number | null;
    readonly eosTokenId: number | null;
  };
  /** Which linear layers have a bias, given the fields `attention_bias` and `mlp_bias`. */
  readonly biases: (fields: { readonly attention: boolean; readonly mlp: boolean }) => {
    readonly queryKeyValue: boolean;
    readonly output: boolean;
    readonly mlp: boolean;
  };
  /** Each head's query and key go through an RMSNorm of their own, before the rotary embedding. */
  readonly queryKeyNorm: boolean;
  /**
   * GGUF has the rows of query and key projections in the order that turns neighbours, (x[2i], x[2i + 1]), where
   * Hugging Face's turns halves, (x[i], x[i + D/2]).
   */
  readonly ggufTurnsNeighbours: boolean;
}
