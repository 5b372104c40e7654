package io.inkstone.data.download;

import io.inkstone.Choices;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.net.URI;
import java.util.Arrays;
import java.util.List;

/** Public sets that may be fetched, with the checksums that their publishers or common loaders name. */
public enum OfficialSet {
    /** 70,000 handwritten digits, 28×28. */
    MNIST(
            "https://ossci-datasets.s3.amazonaws.com/mnist/",
            "f68b3c2dcbeaaa9fbdd348bbdeb94873",
            "d53e105ee54ea40749a09fcbcd1e9432",
            "9fb629c4189551a2d022fa330f9573f3",
            "ec29112dd5afa0611ce80d1b7f02629c"),
    /** 70,000 pieces of clothing, 28×28 (MIT). */
    FASHION_MNIST(
            "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
            "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
            "25c81989df183df01b3e8a0aad5dffbe",
            "bef4ecab320f06d8554ea6380940ec79",
            "bb300cfdad3c16e7a12a480ee83cd310"),
    /** 70,000 cursive Japanese characters, 28×28 (CC BY-SA 4.0). */
    KMNIST(
            "http://codh.rois.ac.jp/kmnist/dataset/kmnist/",
            "bdb82020997e1d708af4cf47b453dcf7",
            "e144d726b3acfaa3e44228e80efcd344",
            "5c965bf0a639b31b8f53240b1b52f4d7",
            "7320c461ea6c1c855c0b718fb2a4b134");

    private final List<RemoteFile> files;

    OfficialSet(String base, String trainImages, String trainLabels, String testImages, String testLabels) {
        files = List.of(
                file(base, "train-images-idx3-ubyte.gz", trainImages),
                file(base, "train-labels-idx1-ubyte.gz", trainLabels),
                file(base, "t10k-images-idx3-ubyte.gz", testImages),
                file(base, "t10k-labels-idx1-ubyte.gz", testLabels));
    }

    private static RemoteFile file(String base, String name, String md5) {
        return new RemoteFile(URI.create(base + name), name, md5);
    }

    public List<RemoteFile> files() {
        return files;
    }

    /** The name on the command line, such as {@code fashion-mnist}. */
    public String label() {
        return Choices.word(this);
    }

    /** The set of that name; an unknown one is an error that lists them. */
    public static OfficialSet named(String name) {
        return Arrays.stream(values())
                .filter(set -> set.label().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException(Words.of(
                        "There is no set %s to download; there are: %s, and celeba and emnist, which explain themselves.",
                        name,
                        String.join(
                                ", ",
                                Arrays.stream(values()).map(OfficialSet::label).toList()))));
    }
}
