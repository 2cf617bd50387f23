"""GGUF files, and what reading them must give.

gguf/blocks.gguf: one tensor [3, 512] a block format, made of random blocks, and blocks.safetensors: the values that
the `gguf` package (llama.cpp's own) dequantises them to.
gguf/<model>.gguf: models of models.py as llama.cpp's converter writes them, in F32, F16, BF16 or Q8_0. The
Q8_0 one has <model>.safetensors beside it: the rounded weights under their Hugging Face names and in that order of
rows, as transformers reads them back. The others hold exactly what the Hugging Face directory holds.
"""

import gguf
import numpy as np
import torch
from gguf import GGMLQuantizationType as Type
from safetensors.numpy import save_file
from transformers import AutoModelForCausalLM

from models import FIXTURES

DIRECTORY = FIXTURES / "gguf"
PLAIN = [Type.F32, Type.F16, Type.BF16]
# Where float16 scales stand in a block.
SCALES = {
    Type.Q8_0: [0],
    Type.Q4_0: [0],
    Type.Q4_1: [0, 2],
    Type.Q4_K: [0, 2],
    Type.Q5_K: [0, 2],
    Type.Q6_K: [208],
    Type.Q5_0: [0],
    Type.Q5_1: [0, 2],
    Type.Q2_K: [80, 82],
    Type.Q3_K: [108],
    Type.IQ4_NL: [0],
    Type.IQ4_XS: [0],
}


def random_blocks(format, random):
    """Random bytes, but for scales: those would often be infinite."""
    size, width = gguf.GGML_QUANT_SIZES[format]
    if format in PLAIN:
        return gguf.quantize(random.standard_normal((3, 512), dtype=np.float32), format)
    blocks = random.integers(0, 256, (3, 512 // size, width), dtype=np.uint8)
    for at in SCALES[format]:
        scale = random.standard_normal(blocks.shape[:2]).astype(np.float16)
        blocks[..., at : at + 2] = scale[..., None].view(np.uint8)
    return blocks.reshape(3, -1)


def write_blocks():
    random = np.random.default_rng(5)
    writer = gguf.GGUFWriter(DIRECTORY / "blocks.gguf", "llama")
    values = {}
    for format in [*PLAIN, *SCALES]:
        blocks = random_blocks(format, random)
        values[format.name] = gguf.dequantize(blocks, format)
        writer.add_tensor(format.name, blocks, raw_dtype=format)
    finish(writer)
    save_file(values, DIRECTORY / "blocks.safetensors")


def finish(writer):
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def turn_neighbours(weight, heads):
    """Rows of each head in the order of llama.cpp's rotary embedding for Llama."""
    return weight.reshape(heads, 2, -1, *weight.shape[1:]).swapaxes(1, 2).reshape(weight.shape)


def llama3_divisors(config):
    rope = config.rope_parameters
    head = config.head_dim
    frequencies = 1.0 / rope["rope_theta"] ** (torch.arange(0, head, 2, dtype=torch.float32) / head)
    long = rope["original_max_position_embeddings"] / rope["low_freq_factor"]
    short = rope["original_max_position_embeddings"] / rope["high_freq_factor"]
    divisors = []
    for wavelength in (2 * np.pi / frequencies).tolist():
        smooth = (long / wavelength - 1) * rope["low_freq_factor"] / (rope["high_freq_factor"] - rope["low_freq_factor"])
        middle = 1 / ((1 - smooth) / rope["factor"] + smooth)
        divisors.append(1 if wavelength < short else rope["factor"] if wavelength > long else middle)
    return np.array(divisors, dtype=np.float32)


def describe(writer, model):
    config = model.config
    head = getattr(config, "head_dim", None) or config.hidden_size // config.num_attention_heads
    writer.add_block_count(config.num_hidden_layers)
    writer.add_context_length(config.max_position_embeddings)
    writer.add_embedding_length(config.hidden_size)
    writer.add_feed_forward_length(config.intermediate_size)
    writer.add_head_count(config.num_attention_heads)
    writer.add_head_count_kv(config.num_key_value_heads)
    writer.add_key_length(head)
    writer.add_value_length(head)
    writer.add_rope_dimension_count(head)
    writer.add_rope_freq_base(config.rope_parameters["rope_theta"])
    writer.add_layer_norm_rms_eps(config.rms_norm_eps)
    writer.add_vocab_size(config.vocab_size)
    kind = config.rope_parameters["rope_type"]
    if kind == "linear":
        writer.add_rope_scaling_type(gguf.RopeScalingType.LINEAR)
        writer.add_rope_scaling_factor(config.rope_parameters["factor"])
    if kind == "yarn":
        writer.add_rope_scaling_type(gguf.RopeScalingType.YARN)
        writer.add_rope_scaling_factor(config.rope_parameters["factor"])
        writer.add_rope_scaling_orig_ctx_len(config.rope_parameters["original_max_position_embeddings"])
    if kind == "llama3":
        writer.add_tensor("rope_freqs.weight", llama3_divisors(config))
    writer.add_tokenizer_model("no_vocab")
    writer.add_bos_token_id(config.bos_token_id)
    writer.add_eos_token_id(config.eos_token_id)


def write_model(name, architecture, format):
    model = AutoModelForCausalLM.from_pretrained(FIXTURES / name, dtype=torch.float32)
    writer = gguf.GGUFWriter(DIRECTORY / f"{name}.gguf", architecture)
    describe(writer, model)
    names = gguf.get_tensor_name_map(gguf.MODEL_ARCH[architecture.upper()], model.config.num_hidden_layers)
    rounded = {}
    for theirs, weight in model.state_dict().items():
        if theirs == "lm_head.weight" and model.config.tie_word_embeddings:
            continue
        weight = weight.numpy()
        if architecture == "llama" and ".q_proj." in theirs:
            weight = turn_neighbours(weight, model.config.num_attention_heads)
        if architecture == "llama" and ".k_proj." in theirs:
            weight = turn_neighbours(weight, model.config.num_key_value_heads)
        stored = format if weight.ndim == 2 and weight.shape[-1] % gguf.GGML_QUANT_SIZES[format][0] == 0 else Type.F32
        blocks = gguf.quantize(weight, stored)
        writer.add_tensor(names.get_name(theirs, try_suffixes=(".weight", ".bias")), blocks, raw_dtype=stored)
        rounded[theirs] = gguf.dequantize(blocks, stored)
    finish(writer)
    if format == Type.Q8_0:
        # transformers reads it with code of its own, in which the rows go back to where they were.
        again = AutoModelForCausalLM.from_pretrained(DIRECTORY, gguf_file=f"{name}.gguf", dtype=torch.float32)
        values = {key: value.numpy() for key, value in again.state_dict().items() if key in rounded}
        assert values.keys() == rounded.keys()
        save_file(values, DIRECTORY / f"{name}.safetensors")


if __name__ == "__main__":
    DIRECTORY.mkdir(exist_ok=True)
    write_blocks()
    write_model("llama-tied", "llama", Type.Q8_0)
    write_model("llama-untied-bias", "llama", Type.BF16)
    write_model("llama-f16", "llama", Type.F16)
    write_model("qwen2", "qwen2", Type.BF16)
    write_model("qwen3", "qwen3", Type.F32)
    write_model("qwen3-yarn", "qwen3", Type.F16)
