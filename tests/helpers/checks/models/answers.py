"""Answers to the examples, right in several styles and wrong in the ways learners are; texts, to be run anywhere."""

SETUP = "import tensorflow as tf\nimport tensorflow.keras.layers as tfl\n"

RIGHT = {
    "residual": {
        "layers": """
def residual(X, f, n_C):
    short = X
    X = tfl.Conv2D(5, f, padding="same")(X)
    X = tfl.BatchNormalization(axis=3)(X)
    X = tfl.Activation("relu")(X)
    X = tfl.Conv2D(n_C, f, padding="same")(X)
    X = tfl.BatchNormalization(axis=3)(X)
    return tfl.Activation("relu")(tfl.Add()([X, short]))
""",
        "plus_and_other_names": """
def residual(X, f, n_C):
    Y = tfl.ReLU(name="first_relu")(tfl.BatchNormalization()(tfl.Conv2D(5, (f, f), padding="same", name="a")(X)))
    Y = tfl.BatchNormalization(name="b")(tfl.Conv2D(n_C, f, strides=1, padding="SAME")(Y))
    return tf.keras.ops.relu(X + Y)
""",
        "a_nested_model": """
def residual(X, f, n_C):
    path = tf.keras.Sequential([
        tfl.Conv2D(5, f, padding="same"), tfl.BatchNormalization(), tfl.ReLU(),
        tfl.Conv2D(n_C, f, padding="same"), tfl.BatchNormalization()])
    return tfl.ReLU()(tfl.add([path(X), X]))
""",
        "a_helper": """
def part(X, f, n):
    return tfl.BatchNormalization()(tfl.Conv2D(n, f, padding="same")(X))

def residual(X, f, n_C):
    return tf.keras.ops.relu(X + part(tf.keras.activations.relu(part(X, f, 5)), f, n_C))
""",
    },
    "projected": {
        "main_first": """
def projected(X, f, n_C, s):
    short = X
    X = tfl.Conv2D(5, f, strides=s, padding="same")(X)
    X = tfl.BatchNormalization(axis=3)(X)
    X = tfl.Activation("relu")(X)
    X = tfl.Conv2D(n_C, f, padding="same")(X)
    X = tfl.BatchNormalization(axis=3)(X)
    short = tfl.Conv2D(n_C, 1, strides=s, padding="valid")(short)
    short = tfl.BatchNormalization(axis=3)(short)
    return tfl.Activation("relu")(tfl.Add()([X, short]))
""",
        "shortcut_first": """
def projected(X, f, n_C, s):
    short = tfl.BatchNormalization()(tfl.Conv2D(n_C, 1, strides=(s, s), padding="same")(X))
    X = tfl.ReLU()(tfl.BatchNormalization()(tfl.Conv2D(5, f, strides=s, padding="same")(X)))
    X = tfl.BatchNormalization()(tfl.Conv2D(n_C, f, padding="same")(X))
    return tfl.ReLU()(short + X)
""",
        "a_nested_shortcut": """
def projected(X, f, n_C, s):
    short = tf.keras.Sequential([tfl.Conv2D(n_C, 1, strides=s), tfl.BatchNormalization()])
    side = short(X)
    X = tfl.Activation("relu")(tfl.BatchNormalization()(tfl.Conv2D(5, f, strides=s, padding="same")(X)))
    X = tfl.BatchNormalization()(tfl.Conv2D(n_C, f, padding="same")(X))
    return tfl.ReLU()(tfl.Add()([side, X]))
""",
    },
    "module": {
        "layers": """
def module(X, n_1, n_3, n_pool):
    a = tfl.Conv2D(n_1, 1, activation="relu")(X)
    b = tfl.Conv2D(2, 1, padding="same", activation="relu")(X)
    b = tfl.Conv2D(n_3, 3, padding="same", activation="relu")(b)
    c = tfl.MaxPooling2D(3, strides=1, padding="same")(X)
    c = tfl.Conv2D(n_pool, 1, activation="relu")(c)
    return tfl.Concatenate(axis=-1)([a, b, c])
""",
        "last_branch_first": """
def module(X, n_1, n_3, n_pool):
    c = tfl.ReLU()(tfl.Conv2D(n_pool, 1)(tfl.MaxPool2D((3, 3), 1, "same")(X)))
    b = tfl.ReLU()(tfl.Conv2D(n_3, 3, padding="same")(tfl.ReLU()(tfl.Conv2D(2, 1)(X))))
    a = tfl.ReLU()(tfl.Conv2D(n_1, 1)(X))
    return tf.keras.ops.concatenate([a, b, c], axis=3)
""",
        "relu_after_joining": """
def module(X, n_1, n_3, n_pool):
    b = tfl.Conv2D(n_3, 3, padding="same")(tfl.Conv2D(2, 1, activation=tf.nn.relu)(X))
    c = tfl.Conv2D(n_pool, 1)(tfl.MaxPool2D(3, 1, padding="same")(X))
    return tf.keras.activations.relu(tfl.concatenate([tfl.Conv2D(n_1, 1)(X), b, c]))
""",
    },
    "large": {
        "layers": """
def large(input_shape=(200, 200, 3), classes=10):
    return tf.keras.Sequential([
        tf.keras.Input(input_shape), tfl.MaxPool2D(), tfl.Flatten(),
        tfl.Dense(4000, activation="relu"), tfl.Dense(classes, activation="softmax")])
""",
        "functional_and_compiled": """
def large(input_shape=(200, 200, 3), classes=10):
    X = inputs = tf.keras.Input(input_shape)
    X = tfl.ReLU()(tfl.Dense(4000)(tfl.Flatten()(tfl.MaxPool2D(2)(X))))
    model = tf.keras.Model(inputs, tfl.Softmax()(tfl.Dense(classes)(tfl.Dropout(0.5)(X))))
    model.compile("adam", "categorical_crossentropy")
    return model
""",
    },
}
_TOWER = """
def tower(input_shape, classes):
    X = inputs = tf.keras.Input(input_shape)
    X = tfl.Conv2D(6, 3, padding="same")(X)
    X = projected(X, 3, 7, s=2)
    X = residual(X, 2, 7)
    X = residual(X, f=3, n_C=7)
    X = tfl.GlobalAveragePooling2D()(X)
    return tf.keras.Model(inputs, tfl.Dense(classes, activation="softmax")(X))
"""
_BLOCKS = next(iter(RIGHT["residual"].values())) + next(iter(RIGHT["projected"].values()))
RIGHT["tower"] = {
    "layers": _BLOCKS + _TOWER,
    "shortcut_first": RIGHT["residual"]["a_nested_model"] + RIGHT["projected"]["shortcut_first"] + _TOWER,
    "without_blocks_of_its_own": "residual = projected = None\n" + _TOWER,
    "a_block_that_raises": "def residual(X, f, n_C):\n    raise NotImplementedError\n"
    + RIGHT["projected"]["main_first"]
    + _TOWER,
    "a_block_without_its_shortcut": _BLOCKS.replace("tfl.Add()([X, short])", "X", 1) + _TOWER,
    "a_block_with_other_filters": _BLOCKS.replace("Conv2D(5, f", "Conv2D(6, f") + _TOWER,
}

# For each: the text to change in the right answer written with layers, what it becomes, and the hint to be found.
_RESIDUAL = [
    ("shortcut_missing", "tfl.Add()([X, short])", "X"),
    ("shortcut_after_relu", 'tfl.Activation("relu")(tfl.Add()([X, short]))', 'tfl.Activation("relu")(X) + short'),
    ("relu_before_add", "tfl.Add()([X, short])", "tfl.Add()([X, tfl.ReLU()(short)])"),
    ("relu_before_add", "tfl.Add()([X, short])", "tfl.Add()([tfl.ReLU()(X), short])"),
    ("concatenated_instead_of_added", "tfl.Add()", "tfl.Concatenate()"),
    ("norm_missing", "    X = tfl.BatchNormalization(axis=3)(X)\n    X = tfl.Act", "    X = tfl.Act"),
    ("norm_axis", "(axis=3)(X)\n    X = tfl.Act", "(axis=1)(X)\n    X = tfl.Act"),
    ("bias_missing", 'Conv2D(n_C, f, padding="same"', 'Conv2D(n_C, f, use_bias=False, padding="same"'),
    ("relu_missing", '    X = tfl.Activation("relu")(X)\n', ""),
    ("relu_missing", 'return tfl.Activation("relu")(tfl.Add()([X, short]))', "return tfl.Add()([X, short])"),
    ("function_of_tensorflow", "tfl.Add()([X, short])", "tf.add(X, short)"),
    ("returns_none", "return ", "X = "),
    ("returns_model", "return ", "return tf.keras.Model(short, X) if 1 else "),
    ("returns_no_tensor", "return tfl.Act", "return tfl.Add()\n    tfl.Act"),
    ("not_connected", "    short = X\n", "    X = short = tf.keras.Input(X.shape[1:])\n"),
    ("none_left", "X = tfl.Conv2D(n_C, f", "X = None\n    tfl.Conv2D(n_C, f"),
    ("none_left", "    short = X\n", "    short = None\n"),
    ("none_left", "tfl.Conv2D(n_C, f", "tfl.Conv2D(None, f"),
]
WRONG_BY = {
    "residual": [
        *_RESIDUAL,
        ("wrong_filters", "Conv2D(5, f", "Conv2D(6, f"),
        ("wrong_kernel_size", "Conv2D(n_C, f", "Conv2D(n_C, 1"),
    ],
    "projected": [
        *(row for row in _RESIDUAL if row[1] != "    short = X\n" and row[0] != "returns_model"),
        ("paths_differ", "Conv2D(n_C, 1, strides=s", "Conv2D(n_C, 1"),
        ("paths_differ", "Conv2D(n_C, 1, strides=s", "Conv2D(3, 1, strides=s"),
        ("paths_differ", "Conv2D(5, f, strides=s", "Conv2D(5, f"),
        (
            "stride_elsewhere",
            'f, strides=s, padding="same")(X)\n    X = tfl.BatchNormalization(axis=3)(X)\n'
            '    X = tfl.Activation("relu")(X)\n    X = tfl.Conv2D(n_C, f,',
            'f, padding="same")(X)\n    X = tfl.BatchNormalization(axis=3)(X)\n'
            '    X = tfl.Activation("relu")(X)\n    X = tfl.Conv2D(n_C, f, strides=s,',
        ),
        ("norm_missing", "    short = tfl.BatchNormalization(axis=3)(short)\n", ""),
        ("norm_axis", "short = tfl.BatchNormalization(axis=3)", "short = tfl.BatchNormalization(axis=2)"),
        ("arguments_ignored", "def projected(X, f, n_C, s):", "def projected(X, f, n_C, s):\n    f, n_C, s = 3, 6, 2"),
    ],
    "module": [
        ("branch_missing", "[a, b, c]", "[a, b]"),
        ("branch_missing", "[a, b, c]", "[a, c]"),
        ("branch_twice", "[a, b, c]", "[a, b, b]"),
        ("branches_swapped", "[a, b, c]", "[b, a, c]"),
        ("branches_swapped", "[a, b, c]", "[c, b, a]"),
        ("branches_added", "tfl.Concatenate(axis=-1)", "tfl.Add()"),
        ("relu_missing", 'n_1, 1, activation="relu"', "n_1, 1"),
        ("relu_missing", '2, 1, padding="same", activation="relu"', "2, 1"),
        ("average_pooling", "MaxPooling2D", "AveragePooling2D"),
        ("pool_missing", 'tfl.MaxPooling2D(3, strides=1, padding="same")(X)', "X"),
        ("wrong_filters", "Conv2D(n_1", "Conv2D(1 + n_1"),
        ("wrong_filters", "Conv2D(n_3", "Conv2D(n_pool"),
        ("none_left", "[a, b, c]", "[a, b, None]"),
        ("returns_no_tensor", "return tfl.Concatenate(axis=-1)([a, b, c])", "return [a, b, c]"),
    ],
    "large": [
        ("wrong_units", "4000", "4001"),
        ("relu_missing", '4000, activation="relu"', "4000"),
        ("bias_missing", "4000,", "4000, use_bias=False,"),
        ("returns_none", "return ", ""),
    ],
    "tower": [
        ("softmax_missing", 'classes, activation="softmax"', "classes"),
        ("wrong_layers", "    X = residual(X, 2, 7)\n", ""),
        ("wrong_kernel_size", "residual(X, 2, 7)", "residual(X, 4, 7)"),
    ],
}


def first(function: str) -> str:
    """The right answer that the wrong ones are made of."""
    return next(iter(RIGHT[function].values()))


def wrong(function: str, old: str, new: str) -> str:
    """A wrong answer."""
    assert old in first(function), f"{old!r} is not in the answer"
    return first(function).replace(old, new, 1)


EVERY_RIGHT = [(function, name, text) for function, texts in RIGHT.items() for name, text in texts.items()]
EVERY_WRONG = [
    (function, hint, f"{hint}_{index}", wrong(function, old, new))
    for function, rows in WRONG_BY.items()
    for index, (hint, old, new) in enumerate(rows)
]
