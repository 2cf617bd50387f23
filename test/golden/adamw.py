"""Five steps of torch.optim.AdamW after gradient clipping by global norm, in test-fixtures/golden/adamw.json.

For each setting: `initial`, and for each step the raw `gradients`, their `norm` before clipping, and the `parameters`
and moments (`m`, `v`) after the step; two parameters, [3, 2] and [4], in float64. `decayed` says which have weight decay.
"""

import json

import torch

from models import FIXTURES

SHAPES = [(3, 2), (4,)]


def steps(setting, seed):
    generator = torch.Generator().manual_seed(seed)
    draw = lambda shape, scale: torch.randn(shape, generator=generator, dtype=torch.float64) * scale
    parameters = [draw(shape, 1.0).requires_grad_() for shape in SHAPES]
    optimizer = torch.optim.AdamW(
        [
            dict(params=[parameter], weight_decay=setting["weightDecay"] if decayed else 0.0)
            for parameter, decayed in zip(parameters, setting["decayed"])
        ],
        lr=setting["learningRate"],
        betas=(setting["beta1"], setting["beta2"]),
        eps=setting["epsilon"],
    )
    initial = [parameter.tolist() for parameter in parameters]
    recorded = []
    for step in range(5):
        # Sizes grow, so that clipping starts in the middle.
        gradients = [draw(shape, 0.1 * 3**step) for shape in SHAPES]
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = gradient.clone()
        norm = torch.nn.utils.clip_grad_norm_(parameters, setting["maxNorm"])
        optimizer.step()
        state = [optimizer.state[parameter] for parameter in parameters]
        recorded.append(
            dict(
                gradients=[gradient.tolist() for gradient in gradients],
                norm=norm.item(),
                parameters=[parameter.tolist() for parameter in parameters],
                m=[moments["exp_avg"].tolist() for moments in state],
                v=[moments["exp_avg_sq"].tolist() for moments in state],
            )
        )
    return dict(setting=setting, initial=initial, steps=recorded)


if __name__ == "__main__":
    common = dict(beta1=0.9, beta2=0.95, epsilon=1e-8)
    settings = [
        dict(learningRate=0.01, weightDecay=0.1, decayed=[True, True], maxNorm=1.0, **common),
        dict(learningRate=0.003, weightDecay=0.5, decayed=[True, False], maxNorm=0.5, **common),
        dict(learningRate=0.1, weightDecay=0.0, decayed=[True, True], maxNorm=1e9, **common),
    ]
    (FIXTURES / "adamw.json").write_text(json.dumps([steps(s, 41 + i) for i, s in enumerate(settings)]) + "\n")
