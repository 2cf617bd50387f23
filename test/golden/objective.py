"""Values and gradients of the GRPO objective, by torch autograd in float64, in test-fixtures/golden/objective.json.

With ratio = exp(logp - logpOld) and d = logpRef - logp, where mask is 1:

    surrogate = min(ratio * A, clip(ratio, 1 - clipLow, 1 + clipHigh) * A)
    k1 = -d      k2 = d^2 / 2      k3 = exp(d) - d - 1
    token     = -surrogate + beta * (ratio if klCorrected else 1) * k

aggregated as `sequenceMean` (mean over sequences of the mean over their tokens), `tokenMean` (mean over all tokens) or
`constantLength` (sum over all tokens / (sequences * maxLength), Dr. GRPO). The ratio of a corrected k is differentiated
too. A sequence whose mask is all 0 counts as no sequence.
"""

import itertools
import json

import torch

from models import FIXTURES

KL = {
    "k1": lambda d: -d,
    "k2": lambda d: d**2 / 2,
    "k3": lambda d: torch.exp(d) - d - 1,
}


def aggregate(token, mask, aggregation, max_length):
    rows = mask.any(-1)
    if aggregation == "sequenceMean":
        return ((token * mask).sum(-1)[rows] / mask.sum(-1)[rows]).mean()
    if aggregation == "tokenMean":
        return (token * mask).sum() / mask.sum()
    return (token * mask).sum() / (rows.sum() * max_length)


def objective(logp, batch, setting):
    ratio = torch.exp(logp - batch["logpOld"])
    advantage = batch["advantage"]
    clipped = ratio.clamp(1 - setting["clipLow"], 1 + setting["clipHigh"])
    surrogate = torch.minimum(ratio * advantage, clipped * advantage)
    kl = KL[setting["kl"]](batch["logpRef"] - logp)
    if setting["klCorrected"]:
        kl = ratio * kl
    token = -surrogate + setting["beta"] * kl
    return aggregate(token, batch["mask"], setting["aggregation"], setting["maxLength"])


def case(batch, setting):
    logp = batch["logp"].clone().requires_grad_()
    value = objective(logp, batch, setting)
    value.backward()
    return dict(setting=setting, value=value.item(), gradient=logp.grad.tolist())


def random_batch(seed, rows, length):
    generator = torch.Generator().manual_seed(seed)
    uniform = lambda low, high, shape: low + (high - low) * torch.rand(shape, generator=generator, dtype=torch.float64)
    logp = uniform(-3, -0.01, (rows, length))
    lengths = torch.randint(1, length + 1, (rows, 1), generator=generator)
    lengths[-1] = 0 if rows > 2 else lengths[-1]  # A masked episode: its sandbox failed.
    return dict(
        logp=logp,
        logpOld=logp + uniform(-0.5, 0.5, (rows, length)),
        logpRef=logp + uniform(-0.7, 0.7, (rows, length)),
        advantage=uniform(-1, 1, (rows, 1)).expand(rows, length),
        mask=(torch.arange(length) < lengths).double(),
    )


def hand_checked(advantage):
    """Two sequences of 3 and 2 tokens, rewards 1 and 0."""
    tensor = lambda *rows: torch.tensor([row + [0.0] * (3 - len(row)) for row in rows], dtype=torch.float64)
    return dict(
        logp=tensor([-0.5, -1.2, -0.3], [-0.9, -0.1]),
        logpOld=tensor([-0.6, -0.9, -0.3], [-0.4, -0.2]),
        logpRef=tensor([-0.7, -1.0, -0.5], [-0.8, -0.3]),
        advantage=tensor([advantage] * 3, [-advantage] * 2),
        mask=tensor([1.0, 1.0, 1.0], [1.0, 1.0]),
    )


def settings(max_length, kls, clips, beta):
    for aggregation, kl, corrected, (low, high) in itertools.product(
        ["sequenceMean", "tokenMean", "constantLength"], kls, [False, True], clips
    ):
        clip = dict(clipLow=low, clipHigh=high)
        yield dict(aggregation=aggregation, maxLength=max_length, kl=kl, klCorrected=corrected, beta=beta, **clip)


def entry(name, batch, all_settings):
    tensors = {key: value.tolist() for key, value in batch.items()}
    return dict(name=name, batch=tensors, cases=[case(batch, setting) for setting in all_settings])


def check(entry, expected, **setting):
    """Asserts a value that was computed by hand, to its seven printed decimals."""
    (found,) = [c["value"] for c in entry["cases"] if setting.items() <= c["setting"].items()]
    assert abs(found - expected) < 6e-8, (entry["name"], setting, found, expected)


def hand_checked_entries():
    clip = [(0.2, 0.2)]
    # Rewards 1 and 0 less their mean, and the same divided by (their standard deviation, ddof 1, + 1e-4).
    plain = entry("hand-checked", hand_checked(0.5), settings(4, ["k3"], clip, 0.04))
    divided = entry("hand-checked, by std", hand_checked(0.5 / (0.5**0.5 + 1e-4)), settings(4, ["k3"], clip, 0.04))
    kl = entry("hand-checked, KL alone", hand_checked(0.0), settings(4, KL, clip, 1.0))
    for batch, values in (plain, (0.0016120, -0.0934197, -0.0583873)), (divided, (0.0020180, -0.1323708, -0.0827318)):
        for aggregation, value in zip(["sequenceMean", "tokenMean", "constantLength"], values):
            check(batch, value, aggregation=aggregation, klCorrected=False)
    for k, value in dict(k1=0.06, k2=0.017, k3=0.0165532).items():
        check(kl, value, aggregation="tokenMean", kl=k, klCorrected=False)
    check(kl, 0.0158248, aggregation="tokenMean", kl="k3", klCorrected=True)
    return [plain, divided, kl]


if __name__ == "__main__":
    batches = [
        *hand_checked_entries(),
        entry("random 4x6", random_batch(31, 4, 6), settings(8, KL, [(0.2, 0.2), (0.2, 0.28)], 0.1)),
        entry("random 2x3", random_batch(32, 2, 3), settings(3, KL, [(0.1, 0.3)], 0.0)),
        entry("random 5x4", random_batch(33, 5, 4), settings(16, KL, [(0.2, 0.28)], 1.0)),
    ]
    (FIXTURES / "objective.json").write_text(json.dumps(batches) + "\n")
