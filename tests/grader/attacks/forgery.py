"""Class A: marks without right answers, by deceiving whatever looks at them."""

from __future__ import annotations

from .case import Attack, gains

ATTACKS = [
    Attack(
        "A1",
        "an input transformer empties the cells that follow",
        gains,
        cells={"setup": "import numpy as np\nget_ipython().input_transformers_post.append(lambda lines: [])"},
    ),
    Attack(
        "A2",
        "a syntax transformer takes the asserts out",
        gains,
        cells={
            "setup": """import ast
import numpy as np
class Strip(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(Strip())""",
            "blend": "def blend(a, b):\n    return a",
            "is_rising": "def is_rising(values):\n    return None",
        },
    ),
    Attack(
        "A3",
        "np.allclose says yes to everything",
        gains,
        cells={
            "setup": "import numpy as np\nnp.allclose = lambda *args, **more: True",
            "blend": "def blend(a, b):\n    return a",
        },
    ),
]
