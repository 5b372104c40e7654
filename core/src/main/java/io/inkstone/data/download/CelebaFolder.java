package io.inkstone.data.download;

import io.inkstone.Counted;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * CelebA may be used for research after reading its terms, so it is not fetched by a program: this says where it is, what
 * to put where, and looks whether it lies there.
 */
public final class CelebaFolder {
    /** Pictures in the whole set. */
    public static final int PICTURES = 202_599;

    private static final String PAGE = "https://mmlab.ie.cuhk.edu.hk/projects/CelebA.html";

    private CelebaFolder() {}

    /** What a person has to do. */
    public static String guide(Path folder) {
        return Words.of(
                """
                CelebA is handed out on its own page, for non-commercial research: %s
                Fetch these from the "Align&Cropped Images" and the lists, and put them here:
                  %s/img_align_celeba/000001.jpg …        (unpack img_align_celeba.zip)
                  %s/list_attr_celeba.txt                 (40 attributes)
                  %s/list_eval_partition.txt              (training, validation, test)
                Then give that folder with --data.""",
                PAGE, folder, folder, folder);
    }

    /** What is missing or odd in a folder, a sentence each; empty if all is there. */
    public static List<String> check(Path folder) throws IOException {
        List<String> wrong = new ArrayList<>();
        Path pictures = folder.resolve("img_align_celeba");
        if (!Files.isDirectory(pictures)) {
            wrong.add(Words.of("The folder %s is missing.", pictures));
        } else {
            long count = count(pictures);
            if (count != PICTURES) {
                wrong.add(Words.of(
                        "%s has %s; the whole set has %,d.", pictures, Counted.of(count, "picture"), PICTURES));
            }
        }
        for (String list : List.of("list_attr_celeba.txt", "list_eval_partition.txt")) {
            if (!Files.isRegularFile(folder.resolve(list))) {
                wrong.add(Words.of("%s is missing.", folder.resolve(list)));
            }
        }
        return wrong;
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(".jpg")).count();
        }
    }
}
