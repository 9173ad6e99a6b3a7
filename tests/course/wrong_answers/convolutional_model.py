"""Answers to convolutional_model, right in several styles and wrong in the ways learners are."""

from tests.course.answers import right, wrong


@right
def sequential(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 4, padding="same", activation="relu"),
            tfl.MaxPool2D(8, 8, padding="same"),
            tfl.Conv2D(16, 2, padding="SAME", activation="relu"),
            tfl.MaxPool2D(4, 4, padding="same"),
            tfl.Flatten(),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@right
def functional_and_compiled(input_shape):
    image = tf.keras.Input(shape=input_shape)
    X = tfl.Conv2D(filters=8, kernel_size=(4, 4), strides=(1, 1), padding="same")(image)
    X = tfl.Activation("relu")(X)
    X = tfl.MaxPooling2D(pool_size=(8, 8), strides=(8, 8), padding="same")(X)
    X = tfl.Conv2D(filters=16, kernel_size=(2, 2), padding="same")(X)
    X = tfl.Activation("relu")(X)
    X = tfl.MaxPooling2D(pool_size=(4, 4), strides=(4, 4), padding="same")(X)
    X = tfl.Flatten()(X)
    model = tf.keras.Model(inputs=image, outputs=tfl.Softmax()(tfl.Dense(6)(X)))
    model.compile(optimizer="adam", loss="categorical_crossentropy")
    return model


@right
def of_two_smaller_models(input_shape):
    features = tf.keras.Sequential(
        [tfl.Conv2D(8, 4, padding="same"), tfl.MaxPool2D(8, padding="same"), tfl.ReLU()], name="first"
    )
    inputs = tf.keras.Input(input_shape)
    X = features(inputs)
    X = tfl.Conv2D(16, 2, padding="same", activation=tf.nn.relu)(X)
    X = tfl.MaxPool2D(4, padding="same")(X)
    X = tfl.Reshape((-1,))(X)
    return tf.keras.Model(inputs, tfl.Dense(6, activation="softmax")(X))


@wrong("valid_for_same")
def without_padding(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 4, activation="relu"),
            tfl.MaxPool2D(8, padding="same"),
            tfl.Conv2D(16, 2, activation="relu"),
            tfl.MaxPool2D(4, padding="same"),
            tfl.Flatten(),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@wrong("pool_valid_for_same")
def pooling_without_padding(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 4, padding="same", activation="relu"),
            tfl.MaxPool2D(8),
            tfl.Conv2D(16, 2, padding="same", activation="relu"),
            tfl.MaxPool2D(4),
            tfl.Flatten(),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@wrong("pool_stride")
def stride_one(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 4, padding="same", activation="relu"),
            tfl.MaxPool2D(8, strides=1, padding="same"),
            tfl.Conv2D(16, 2, padding="same", activation="relu"),
            tfl.MaxPool2D(4, strides=1, padding="same"),
            tfl.Flatten(),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@wrong("pool_size")
def default_pooling(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 4, padding="same", activation="relu"),
            tfl.MaxPool2D(8, padding="same"),
            tfl.Conv2D(16, 2, padding="same", activation="relu"),
            tfl.MaxPool2D(padding="same"),
            tfl.Flatten(),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@wrong("average_pooling")
def averages(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 4, padding="same", activation="relu"),
            tfl.AveragePooling2D(8, padding="same"),
            tfl.Conv2D(16, 2, padding="same", activation="relu"),
            tfl.AveragePooling2D(4, padding="same"),
            tfl.Flatten(),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@wrong("relu_missing")
def one_relu_forgotten(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 4, padding="same", activation="relu"),
            tfl.MaxPool2D(8, padding="same"),
            tfl.Conv2D(16, 2, padding="same"),
            tfl.MaxPool2D(4, padding="same"),
            tfl.Flatten(),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@wrong("other_activation_inside")
def leaky(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 4, padding="same", activation="elu"),
            tfl.MaxPool2D(8, padding="same"),
            tfl.Conv2D(16, 2, padding="same", activation="elu"),
            tfl.MaxPool2D(4, padding="same"),
            tfl.Flatten(),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@wrong("softmax_missing")
def sums_only(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 4, padding="same", activation="relu"),
            tfl.MaxPool2D(8, padding="same"),
            tfl.Conv2D(16, 2, padding="same", activation="relu"),
            tfl.MaxPool2D(4, padding="same"),
            tfl.Flatten(),
            tfl.Dense(6),
        ]
    )


@wrong("sigmoid_for_softmax")
def sigmoid_at_the_end(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 4, padding="same", activation="relu"),
            tfl.MaxPool2D(8, padding="same"),
            tfl.Conv2D(16, 2, padding="same", activation="relu"),
            tfl.MaxPool2D(4, padding="same"),
            tfl.Flatten(),
            tfl.Dense(6, activation="sigmoid"),
        ]
    )


@wrong("averaged_instead_of_flattened")
def global_average(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 4, padding="same", activation="relu"),
            tfl.MaxPool2D(8, padding="same"),
            tfl.Conv2D(16, 2, padding="same", activation="relu"),
            tfl.MaxPool2D(4, padding="same"),
            tfl.GlobalAveragePooling2D(),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@wrong("flatten_missing")
def dense_on_every_pixel(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 4, padding="same", activation="relu"),
            tfl.MaxPool2D(8, padding="same"),
            tfl.Conv2D(16, 2, padding="same", activation="relu"),
            tfl.MaxPool2D(4, padding="same"),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@wrong("wrong_filters")
def filters_swapped(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(16, 4, padding="same", activation="relu"),
            tfl.MaxPool2D(8, padding="same"),
            tfl.Conv2D(8, 2, padding="same", activation="relu"),
            tfl.MaxPool2D(4, padding="same"),
            tfl.Flatten(),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@wrong("wrong_kernel_size")
def kernels_swapped(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 2, padding="same", activation="relu"),
            tfl.MaxPool2D(8, padding="same"),
            tfl.Conv2D(16, 4, padding="same", activation="relu"),
            tfl.MaxPool2D(4, padding="same"),
            tfl.Flatten(),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@wrong("conv_stride")
def stride_of_the_filter(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input(input_shape),
            tfl.Conv2D(8, 4, strides=2, padding="same", activation="relu"),
            tfl.MaxPool2D(8, padding="same"),
            tfl.Conv2D(16, 2, padding="same", activation="relu"),
            tfl.MaxPool2D(4, padding="same"),
            tfl.Flatten(),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@wrong("input_shape_ignored")
def always_64(input_shape):
    return tf.keras.Sequential(
        [
            tf.keras.Input((64, 64, 3)),
            tfl.Conv2D(8, 4, padding="same", activation="relu"),
            tfl.MaxPool2D(8, padding="same"),
            tfl.Conv2D(16, 2, padding="same", activation="relu"),
            tfl.MaxPool2D(4, padding="same"),
            tfl.Flatten(),
            tfl.Dense(6, activation="softmax"),
        ]
    )


@wrong("returns_tensor")
def returns_the_output(input_shape):
    inputs = tf.keras.Input(input_shape)
    X = tfl.MaxPool2D(8, padding="same")(tfl.Conv2D(8, 4, padding="same", activation="relu")(inputs))
    X = tfl.MaxPool2D(4, padding="same")(tfl.Conv2D(16, 2, padding="same", activation="relu")(X))
    return tfl.Dense(6, activation="softmax")(tfl.Flatten()(X))


@wrong("returns_none")
def forgets_to_return(input_shape):
    inputs = tf.keras.Input(input_shape)
    tf.keras.Model(inputs, tfl.Flatten()(inputs))
