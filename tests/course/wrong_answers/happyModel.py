"""Answers to happyModel, right in several styles and wrong in the ways learners are."""

from tests.course.answers import right, wrong


@right
def functional():
    inputs = tf.keras.Input((64, 64, 3))
    X = tfl.ZeroPadding2D((3, 3))(inputs)
    X = tfl.Conv2D(32, (7, 7), strides=(1, 1), name="conv0")(X)
    X = tfl.BatchNormalization(axis=3, name="bn0")(X)
    X = tfl.Activation("relu")(X)
    X = tfl.MaxPooling2D((2, 2), name="max_pool")(X)
    X = tfl.Flatten()(X)
    return tf.keras.Model(inputs=inputs, outputs=tfl.Dense(1, activation="sigmoid", name="fc")(X))


@right
def padding_given_to_the_convolution():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.Conv2D(32, 7, padding="same"),
            tfl.BatchNormalization(epsilon=1e-5, momentum=0.9),
            tfl.ReLU(),
            tfl.MaxPool2D(2),
            tfl.Flatten(),
            tfl.Dense(1),
            tfl.Activation("sigmoid"),
        ]
    )


@right
def by_add_and_compiled():
    model = tf.keras.models.Sequential()
    model.add(tfl.ZeroPadding2D(padding=3, input_shape=(64, 64, 3), data_format="channels_last"))
    model.add(tfl.Conv2D(filters=32, kernel_size=7, strides=1))
    model.add(tfl.BatchNormalization(axis=-1))
    model.add(tfl.MaxPool2D())
    model.add(tfl.ReLU())
    model.add(tfl.Flatten())
    model.add(tfl.Dense(units=1, activation=tf.keras.activations.sigmoid))
    model.compile(optimizer="adam", loss="binary_crossentropy", metrics=["accuracy"])
    return model


@wrong("padding_missing")
def no_zeros_around():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.Conv2D(32, 7),
            tfl.BatchNormalization(axis=3),
            tfl.ReLU(),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )


@wrong("padded_twice")
def zeros_and_same():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 7, padding="same"),
            tfl.BatchNormalization(axis=3),
            tfl.ReLU(),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )


@wrong("pad_wrong")
def default_border():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(),
            tfl.Conv2D(32, 7),
            tfl.BatchNormalization(axis=3),
            tfl.ReLU(),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )


@wrong("norm_missing")
def not_normalised():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 7, activation="relu"),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )


@wrong("norm_after_relu")
def activation_in_the_convolution():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 7, activation="relu"),
            tfl.BatchNormalization(axis=3),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )


@wrong("norm_axis")
def normalises_rows():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 7),
            tfl.BatchNormalization(axis=1),
            tfl.ReLU(),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )


@wrong("norm_frozen")
def normalisation_switched_off():
    norm = tfl.BatchNormalization(axis=3)
    norm.trainable = False
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 7),
            norm,
            tfl.ReLU(),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )


@wrong("relu_missing")
def no_activation():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 7),
            tfl.BatchNormalization(axis=3),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )


@wrong("average_pooling")
def averages():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 7),
            tfl.BatchNormalization(axis=3),
            tfl.ReLU(),
            tfl.AveragePooling2D(2),
            tfl.Flatten(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )


@wrong("pool_missing")
def without_pooling():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 7),
            tfl.BatchNormalization(axis=3),
            tfl.ReLU(),
            tfl.Flatten(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )


@wrong("flatten_missing")
def a_map_of_probabilities():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 7),
            tfl.BatchNormalization(axis=3),
            tfl.ReLU(),
            tfl.MaxPool2D(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )


@wrong("sigmoid_missing")
def sums_only():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 7),
            tfl.BatchNormalization(axis=3),
            tfl.ReLU(),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(1),
        ]
    )


@wrong("softmax_for_sigmoid")
def softmax_of_one_number():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 7),
            tfl.BatchNormalization(axis=3),
            tfl.ReLU(),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(1, activation="softmax"),
        ]
    )


@wrong("wrong_kernel_size")
def three_by_three():
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 3),
            tfl.BatchNormalization(axis=3),
            tfl.ReLU(),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )


@wrong("no_input_shape")
def without_an_input():
    return tf.keras.Sequential(
        [
            tfl.ZeroPadding2D(3),
            tfl.Conv2D(32, 7),
            tfl.BatchNormalization(axis=3),
            tfl.ReLU(),
            tfl.MaxPool2D(),
            tfl.Flatten(),
            tfl.Dense(1, activation="sigmoid"),
        ]
    )


@wrong("returns_layers")
def a_list_of_layers():
    return [
        tfl.ZeroPadding2D(3),
        tfl.Conv2D(32, 7),
        tfl.BatchNormalization(axis=3),
        tfl.ReLU(),
        tfl.MaxPool2D(),
        tfl.Flatten(),
        tfl.Dense(1, activation="sigmoid"),
    ]


@wrong("returns_none")
def forgets_to_return():
    tf.keras.Sequential([tf.keras.Input((64, 64, 3)), tfl.ZeroPadding2D(3), tfl.Conv2D(32, 7)])
