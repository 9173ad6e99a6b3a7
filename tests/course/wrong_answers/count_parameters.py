"""Answers to count_parameters, right in several styles and wrong in the ways learners are."""

from tests.course.answers import right, wrong


@right
def with_a_table_of_formulas(layers):
    counts = {
        "conv": lambda x: x["f"] ** 2 * x["n_C_prev"] * x["n_C"] + x["n_C"],
        "pool": lambda x: 0,
        "dense": lambda x: x["n_in"] * x["n_out"] + x["n_out"],
    }
    return sum(counts[layer["kind"]](layer) for layer in layers)


@right
def as_numpy_integers(layers):
    sizes = [0]
    for layer in layers:
        if layer["kind"] == "dense":
            sizes.append(np.zeros((layer["n_in"] + 1, layer["n_out"])).size if layer["n_in"] < 1000 else 0)
            if layer["n_in"] >= 1000:
                sizes.append((layer["n_in"] + 1) * layer["n_out"])
        elif layer["kind"] == "conv":
            sizes += [np.prod([layer["f"], layer["f"], layer["n_C_prev"], layer["n_C"]]), layer["n_C"]]
    return np.sum(sizes)


@right
def with_keras(layers):
    import tensorflow as tf

    total = 0
    for x in layers:
        if x["kind"] == "conv":
            layer = tf.keras.layers.Conv2D(x["n_C"], x["f"])
            layer.build((None, 9, 9, x["n_C_prev"]))
            total += layer.count_params()
        if x["kind"] == "dense":
            layer = tf.keras.layers.Dense(x["n_out"])
            layer.build((None, x["n_in"]))
            total += layer.count_params()
    return total


@right
def by_recursion(layers):
    if not layers:
        return 0
    first, *rest = layers
    own = 0
    if "n_C" in first:
        own = first["n_C"] * (1 + first["n_C_prev"] * first["f"] ** 2)
    if "n_out" in first:
        own = first["n_out"] * (1 + first["n_in"])
    return own + count_parameters(rest)


@wrong("bias_forgotten")
def without_biases(layers):
    total = 0
    for x in layers:
        if x["kind"] == "conv":
            total += x["f"] * x["f"] * x["n_C_prev"] * x["n_C"]
        elif x["kind"] == "dense":
            total += x["n_in"] * x["n_out"]
    return total


@wrong("one_bias_a_layer")
def one_bias(layers):
    total = 0
    for x in layers:
        if x["kind"] == "conv":
            total += x["f"] * x["f"] * x["n_C_prev"] * x["n_C"] + 1
        elif x["kind"] == "dense":
            total += x["n_in"] * x["n_out"] + 1
    return total


@wrong("input_channels_forgotten")
def flat_filters(layers):
    total = 0
    for x in layers:
        if x["kind"] == "conv":
            total += (x["f"] * x["f"] + 1) * x["n_C"]
        elif x["kind"] == "dense":
            total += (x["n_in"] + 1) * x["n_out"]
    return total


@wrong("filters_forgotten")
def one_filter(layers):
    total = 0
    for x in layers:
        if x["kind"] == "conv":
            total += x["f"] * x["f"] * x["n_C_prev"] + 1
        elif x["kind"] == "dense":
            total += (x["n_in"] + 1) * x["n_out"]
    return total


@wrong("f_not_squared")
def one_sided_filters(layers):
    total = 0
    for x in layers:
        if x["kind"] == "conv":
            total += (x["f"] * x["n_C_prev"] + 1) * x["n_C"]
        elif x["kind"] == "dense":
            total += (x["n_in"] + 1) * x["n_out"]
    return total


@wrong("bias_for_each_input_channel")
def many_biases(layers):
    total = 0
    for x in layers:
        if x["kind"] == "conv":
            total += (x["f"] * x["f"] + 1) * x["n_C_prev"] * x["n_C"]
        elif x["kind"] == "dense":
            total += (x["n_in"] + 1) * x["n_out"]
    return total


@wrong("bias_of_the_inputs")
def biases_on_the_wrong_side(layers):
    total = 0
    for x in layers:
        if x["kind"] == "conv":
            total += (x["f"] * x["f"] * x["n_C_prev"] + 1) * x["n_C"]
        elif x["kind"] == "dense":
            total += (x["n_out"] + 1) * x["n_in"]
    return total


@wrong("pool_counted")
def pooling_learns(layers):
    total = 0
    for x in layers:
        if x["kind"] == "conv":
            total += (x["f"] * x["f"] * x["n_C_prev"] + 1) * x["n_C"]
        elif x["kind"] == "dense":
            total += (x["n_in"] + 1) * x["n_out"]
        else:
            total += x["f"] * x["f"]
    return total


@wrong("only_the_last_layer")
def assigns_instead_of_adding(layers):
    total = 0
    for x in layers:
        if x["kind"] == "conv":
            total = (x["f"] * x["f"] * x["n_C_prev"] + 1) * x["n_C"]
        elif x["kind"] == "dense":
            total = (x["n_in"] + 1) * x["n_out"]
        else:
            total = 0
    return total


@wrong("only_the_first_layer")
def returns_inside_the_loop(layers):
    total = 0
    for x in layers:
        if x["kind"] == "conv":
            total += (x["f"] * x["f"] * x["n_C_prev"] + 1) * x["n_C"]
        elif x["kind"] == "dense":
            total += (x["n_in"] + 1) * x["n_out"]
        return total
    return total


@wrong("list_of_counts")
def one_by_one(layers):
    counts = []
    for x in layers:
        if x["kind"] == "conv":
            counts.append((x["f"] * x["f"] * x["n_C_prev"] + 1) * x["n_C"])
        elif x["kind"] == "dense":
            counts.append((x["n_in"] + 1) * x["n_out"])
        else:
            counts.append(0)
    return counts


@wrong("key_missing_for_pooling")
def two_kinds_only(layers):
    total = 0
    for x in layers:
        if x["kind"] == "conv":
            total += (x["f"] * x["f"] * x["n_C_prev"] + 1) * x["n_C"]
        else:
            total += (x["n_in"] + 1) * x["n_out"]
    return total


@wrong("not_an_integer")
def as_a_float(layers):
    total = 0.0
    for x in layers:
        if x["kind"] == "conv":
            total += (x["f"] * x["f"] * x["n_C_prev"] + 1) * x["n_C"]
        elif x["kind"] == "dense":
            total += (x["n_in"] + 1) * x["n_out"]
    return total


@wrong("returns_none")
def prints_instead_of_returning(layers):
    total = 0
    for x in layers:
        if x["kind"] == "conv":
            total += (x["f"] * x["f"] * x["n_C_prev"] + 1) * x["n_C"]
    print(total)


@wrong("changes_input")
def eats_the_list(layers):
    total = 0
    while layers:
        x = layers.pop()
        if x["kind"] == "conv":
            total += (x["f"] * x["f"] * x["n_C_prev"] + 1) * x["n_C"]
        elif x["kind"] == "dense":
            total += (x["n_in"] + 1) * x["n_out"]
    return total
