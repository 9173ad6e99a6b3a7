"""Answers to one_hot, right in several styles and wrong in the ways learners are."""

from tests.course.answers import right, wrong


@right
def rows_of_the_identity(y, num_classes):
    return np.eye(num_classes)[np.asarray(y)]


@right
def by_comparing(y, num_classes):
    return np.asarray(y)[:, None] == np.arange(num_classes)


@right
def with_tensorflow(y, num_classes):
    import tensorflow as tf

    return tf.one_hot(np.asarray(y), num_classes)


@right
def as_lists_of_integers(y, num_classes):
    return [[1 if k == label else 0 for k in range(num_classes)] for label in y]


@right
def in_float32_without_a_loop(y, num_classes):
    Y = np.zeros((len(y), num_classes), dtype=np.float32)
    Y[np.arange(len(y)), y] = 1
    return Y


@wrong("transposed")
def classes_first(y, num_classes):
    return np.eye(num_classes)[np.asarray(y)].T


@wrong("classes_from_labels")
def ignores_num_classes(y, num_classes):
    return np.eye(np.max(y) + 1)[np.asarray(y)]


@wrong("classes_counted")
def unique_classes(y, num_classes):
    return np.stack([np.asarray(y) == k for k in np.unique(np.asarray(y))], axis=1).astype(float)


@wrong("counts_from_one")
def first_class_is_one(y, num_classes):
    Y = np.zeros((len(y), num_classes))
    for row, label in enumerate(y):
        Y[row, label - 1] = 1
    return Y


@wrong("counts_from_one")
def class_zero_is_lost(y, num_classes):
    return (np.asarray(y)[:, None] == np.arange(1, num_classes + 1)).astype(float)


@wrong("one_column_too_many")
def room_for_one_more(y, num_classes):
    return np.eye(num_classes + 1)[np.asarray(y)]


@wrong("inverted")
def zeros_for_ones(y, num_classes):
    return (np.asarray(y)[:, None] != np.arange(num_classes)).astype(float)


@wrong("label_for_one")
def writes_the_label(y, num_classes):
    Y = np.zeros((len(y), num_classes))
    for row, label in enumerate(y):
        Y[row, label] = label
    return Y


@wrong("columns_filled")
def fills_columns(y, num_classes):
    Y = np.zeros((len(y), num_classes))
    Y[:, y] = 1
    return Y


@wrong("all_zero")
def never_writes(y, num_classes):
    Y = np.zeros((len(y), num_classes))
    for row, label in enumerate(y):
        Y[row][label] == 1  # noqa: B015
    return Y


@wrong("returns_labels")
def hands_it_back(y, num_classes):
    return y


@wrong("needs_an_array")
def asks_for_a_shape(y, num_classes):
    Y = np.zeros((y.shape[0], num_classes))
    Y[np.arange(y.shape[0]), y] = 1
    return Y


@wrong("returns_none")
def forgets_to_return(y, num_classes):
    np.eye(num_classes)[np.asarray(y)]
