"""Answers to lenet5, right in several styles and wrong in the ways learners are."""

from tests.course.answers import right, wrong


@right
def functional_with_activation_layers(input_shape=(28, 28, 1), classes=10):
    inputs = tf.keras.Input(shape=input_shape)
    X = tfl.Conv2D(6, (5, 5), strides=(1, 1), padding="same")(inputs)
    X = tfl.Activation("relu")(X)
    X = tfl.MaxPool2D((2, 2), strides=(2, 2))(X)
    X = tfl.Conv2D(16, (5, 5), padding="valid")(X)
    X = tfl.ReLU()(X)
    X = tfl.MaxPooling2D(pool_size=2, strides=2)(X)
    X = tfl.Flatten()(X)
    X = tfl.Dense(120, activation=tf.nn.relu)(X)
    X = tfl.ReLU()(tfl.Dense(84)(X))
    outputs = tfl.Dense(classes, activation="softmax")(X)
    return tf.keras.Model(inputs, outputs)


@right
def sequential_by_add_and_compiled(input_shape=(28, 28, 1), classes=10):
    model = tf.keras.Sequential(name="lenet")
    model.add(tfl.Input(shape=input_shape))
    model.add(tfl.ZeroPadding2D(2))
    model.add(tfl.Conv2D(6, 5, activation="relu"))
    model.add(tfl.MaxPool2D())
    model.add(tfl.Conv2D(16, 5, activation="relu"))
    model.add(tfl.MaxPool2D())
    model.add(tfl.Flatten())
    model.add(tfl.Dense(120, "relu"))
    model.add(tfl.Dense(84, "relu"))
    model.add(tfl.Dense(classes))
    model.add(tfl.Softmax())
    model.compile("adam", "categorical_crossentropy")
    model.summary()
    return model


@right
def with_input_shape_in_the_first_layer(input_shape=(28, 28, 1), classes=10):
    return tf.keras.models.Sequential(
        [
            tfl.Conv2D(6, 5, padding="same", input_shape=input_shape),
            tfl.MaxPool2D(2),
            tfl.ReLU(),
            tfl.Conv2D(16, 5),
            tfl.MaxPool2D(2),
            tfl.ReLU(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu", kernel_initializer="he_normal"),
            tfl.Dropout(0.3),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@right
def dense_layer_as_a_convolution(input_shape=(28, 28, 1), classes=10):
    n_H, n_W, _ = input_shape
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(120, ((n_H // 2 - 4) // 2, (n_W // 2 - 4) // 2), activation="relu"),
            tfl.Flatten(),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("valid_for_same")
def no_padding_in_the_first_layer(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("same_for_valid")
def padding_in_both_layers(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("average_pooling")
def pooling_of_1998(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.AveragePooling2D(2),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.AveragePooling2D(2),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("tanh_inside")
def activations_of_1998(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="tanh"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="tanh"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="tanh"),
            tfl.Dense(84, activation="tanh"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("relu_missing")
def no_relu_after_convolutions(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("sigmoid_inside")
def sigmoid_in_a_dense_layer(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="sigmoid"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("softmax_missing")
def no_activation_at_the_end(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes),
        ]
    )


@wrong("sigmoid_for_softmax")
def sigmoid_at_the_end(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="sigmoid"),
        ]
    )


@wrong("average_pooling")
def two_mistakes_at_once(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.AveragePooling2D(2),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.AveragePooling2D(2),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes),
        ]
    )


@wrong("flatten_missing")
def dense_on_every_pixel(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("pool_stride")
def overlapping_pooling(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(2, strides=1),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(2, strides=1),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("wrong_filters")
def eight_filters(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("wrong_kernel_size")
def small_filters(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 3, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 3, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("wrong_units")
def hundred_units(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(100, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("bias_missing")
def without_bias(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu", use_bias=False),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("layer_missing")
def one_dense_layer_less(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("classes_ignored")
def always_ten_classes(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(10, activation="softmax"),
        ]
    )


@wrong("input_shape_ignored")
def always_digits(input_shape=(28, 28, 1), classes=10):
    return tf.keras.Sequential(
        [
            tf.keras.Input((28, 28, 1)),
            tfl.Conv2D(6, 5, padding="same", activation="relu"),
            tfl.MaxPool2D(),
            tfl.Conv2D(16, 5, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(120, activation="relu"),
            tfl.Dense(84, activation="relu"),
            tfl.Dense(classes, activation="softmax"),
        ]
    )


@wrong("returns_none")
def forgets_to_return(input_shape=(28, 28, 1), classes=10):
    model = tf.keras.Sequential([tf.keras.Input(input_shape), tfl.Conv2D(6, 5, padding="same", activation="relu")])
    model.summary()
