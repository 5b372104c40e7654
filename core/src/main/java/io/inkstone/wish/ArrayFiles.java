package io.inkstone.wish;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Arrays that wishes name by their files. */
public final class ArrayFiles {
    private ArrayFiles() {}

    /** An array of one row or more, whose values are all numbers. */
    public static NdArray read(String name) {
        NdArray array;
        try {
            array = Npy.read(Path.of(name));
        } catch (NoSuchFileException missing) {
            throw new InputException(Words.of("There is no file %s.", name), missing);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", name, failure.getMessage()), failure);
        }
        if (array.shape().length == 0 || array.count() == 0) {
            throw new InputException(Words.of(
                    "%s has the shape %s: an array of one row or more was expected.",
                    name, Arrays.toString(array.shape())));
        }
        for (float value : array.toFloats()) {
            if (!Float.isFinite(value)) {
                throw new InputException(Words.of(
                        "%s holds values that are no numbers (%s): whatever made it went wrong.", name, value));
            }
        }
        return array;
    }

    /** The name of a file as it is found from any folder. */
    static String absolute(String file) {
        return Path.of(file).toAbsolutePath().normalize().toString();
    }
}
