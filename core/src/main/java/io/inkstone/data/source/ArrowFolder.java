package io.inkstone.data.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.Split;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Folders that {@code save_to_disk} of {@code datasets} wrote: Arrow files that {@code state.json} lists, with the features
 * in {@code dataset_info.json}; or a folder of that kind for each split, listed by {@code dataset_dict.json}. The folders
 * of that library's own cache have the same files without {@code state.json}.
 */
final class ArrowFolder {
    private static final String SPLITS = "dataset_dict.json";
    private static final String STATE = "state.json";
    private static final String INFO = "dataset_info.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ArrowFolder() {}

    static Optional<Finding> find(Origin origin) throws IOException {
        boolean splits = Files.isRegularFile(origin.root().resolve(SPLITS));
        List<Path> files = arrowIn(origin.root());
        if (!splits && files.isEmpty()) {
            return Optional.empty();
        }
        if (origin.root().getFileSystem() != FileSystems.getDefault()) {
            throw new InputException(
                    Words.of("%s holds Arrow files; unpack it and point at the folder.", origin.name()));
        }
        String seen = splits ? SPLITS : files.get(0).getFileName() + (files.size() > 1 ? ", …" : "");
        return Optional.of(new Finding(
                Finding.Kind.ARROW,
                seen,
                splits ? "a folder without the other" : seen,
                () -> splits ? splits(origin) : folder(origin)));
    }

    private static List<Path> arrowIn(Path folder) throws IOException {
        return Folders.files(folder).stream()
                .filter(file -> Folders.extension(Folders.name(file)).equals("arrow"))
                .toList();
    }

    private static DataSet splits(Origin origin) throws IOException {
        Path list = origin.root().resolve(SPLITS);
        Map<Split, String> names = new EnumMap<>(Split.class);
        for (JsonNode name : json(list).path("splits")) {
            Optional<Split> split = PartName.of(name.asText());
            if (split.isEmpty()) {
                origin.left().note(Words.of("Left out: the split %s, which is called like no part.", name.asText()));
            } else if (names.putIfAbsent(split.get(), name.asText()) != null) {
                throw new InputException(Words.of(
                        "%s has two splits for one part, %s and %s. Point at the folder of one.",
                        list, names.get(split.get()), name.asText()));
            }
        }
        if (!names.containsKey(Split.TRAIN)) {
            throw new InputException(Words.of(
                    "%s names no split to train on (it has %s). Point at the folder of one.",
                    list, json(list).path("splits")));
        }
        Map<Split, DataSet> parts = new EnumMap<>(Split.class);
        for (Map.Entry<Split, String> part : names.entrySet()) {
            Path folder = origin.root().resolve(part.getValue()).normalize();
            if (!folder.startsWith(origin.root()) || !Files.isDirectory(folder)) {
                throw new InputException(Words.of(
                        "%s names the split %s, but there is no such folder. Save the set again.",
                        list, part.getValue()));
            }
            parts.put(part.getKey(), folder(origin.below(folder)));
        }
        return PartAgreement.of(origin, parts);
    }

    private static DataSet folder(Origin origin) throws IOException {
        List<Path> files = arrowIn(origin.root());
        Path state = origin.root().resolve(STATE);
        if (Files.isRegularFile(state)) {
            return tables(origin, listed(origin, state, files));
        }
        List<Path> own = files.stream()
                .filter(file -> !Folders.name(file).startsWith("cache-"))
                .toList();
        sayUnlisted(origin, files, own);
        return files(origin, own.isEmpty() ? files : own);
    }

    /** Opens files; those that are called like held-out parts are held out. */
    static DataSet files(Origin origin, List<Path> files) throws IOException {
        return PartFiles.open(origin, files, part -> tables(origin, part));
    }

    private static DataSet tables(Origin origin, List<Path> files) throws IOException {
        return TablePictures.open(origin, files, file -> new ArrowFile(file, features(file.resolveSibling(INFO))));
    }

    /** The files that a saved set consists of, in its order. */
    private static List<Path> listed(Origin origin, Path state, List<Path> there) throws IOException {
        JsonNode said = json(state);
        if (!said.path("_indices_files").isEmpty()
                || !said.path("_indices_data_files").isEmpty()) {
            throw new InputException(Words.of(
                    "%s: the set is a choice of rows by an index file, as older versions of datasets saved it. Write it anew: load_from_disk(…).flatten_indices().save_to_disk(…).",
                    state));
        }
        List<Path> files = new ArrayList<>();
        for (JsonNode file : said.path("_data_files")) {
            Path path = origin.root().resolve(file.path("filename").asText()).normalize();
            if (!there.contains(path)) {
                throw new InputException(Words.of(
                        "%s lists the file %s, which is missing. Copy the whole folder again.",
                        state, file.path("filename").asText()));
            }
            files.add(path);
        }
        if (files.isEmpty()) {
            throw new InputException(Words.of("%s lists no files (_data_files). Save the set again.", state));
        }
        sayUnlisted(origin, there, files);
        return files;
    }

    private static void sayUnlisted(Origin origin, List<Path> there, List<Path> used) {
        List<String> others = there.stream()
                .filter(file -> !used.contains(file))
                .map(Folders::name)
                .toList();
        if (!others.isEmpty() && !used.isEmpty()) {
            origin.left().note(Words.of("Left out: Arrow files that are no part of the set (%s).", first(others)));
        }
    }

    private static String first(List<String> names) {
        return names.size() > 3 ? String.join(", ", names.subList(0, 3)) + ", …" : String.join(", ", names);
    }

    private static String features(Path info) throws IOException {
        return Files.isRegularFile(info) ? json(info).path("features").toString() : "";
    }

    private static JsonNode json(Path file) throws IOException {
        try {
            return JSON.readTree(Origin.text(file));
        } catch (JsonProcessingException e) {
            throw new InputException(Words.of("%s is no JSON: %s", file, e.getOriginalMessage()), e);
        }
    }
}
