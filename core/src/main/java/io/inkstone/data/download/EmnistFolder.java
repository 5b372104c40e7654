package io.inkstone.data.download;

import io.inkstone.Words;
import java.nio.file.Path;

/**
 * EMNIST is six sets in one archive, of which one is wanted at a time, so it is not fetched by a program: this says where
 * it is and what to put where.
 */
public final class EmnistFolder {
    private static final String PAGE = "https://www.nist.gov/itl/products-and-services/emnist-dataset";
    private static final String ARCHIVE = "https://biometrics.nist.gov/cs_links/EMNIST/gzip.zip";
    private static final String MD5 = "58c8d27c78d21e728a6bc7b3cc06412e";

    private EmnistFolder() {}

    /** What a person has to do. */
    public static String guide(Path folder) {
        return Words.of(
                """
                EMNIST, handwritten letters and digits, is handed out by NIST as one archive of six sets: %s
                Fetch %s (about 540 MB, MD5 %s)
                and put the four files of one of its sets here, as they are, such as the letters:
                  %s/emnist-letters-train-images-idx3-ubyte.gz
                  %s/emnist-letters-train-labels-idx1-ubyte.gz
                  %s/emnist-letters-test-images-idx3-ubyte.gz
                  %s/emnist-letters-test-labels-idx1-ubyte.gz
                The other sets are balanced, byclass, bymerge, digits and mnist, each with its name in place of letters.
                Then give that folder with --data; where several sets lie in it, the training pictures of one.""",
                PAGE, ARCHIVE, MD5, folder, folder, folder, folder);
    }
}
