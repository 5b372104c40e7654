package io.inkstone.weights;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which files of a folder hold its network, as diffusers ({@code diffusion_pytorch_model}) and transformers ({@code model},
 * {@code pytorch_model}) name them: the safe format before pickles, shards by their index before a single file (a second
 * saving with shards leaves the old single file where it lies), plain files before variants such as {@code fp16}.
 *
 * @param folder that was looked through
 * @param files in the order in which the index names them; one without an index
 * @param owners which file holds each tensor, by the index; empty without one
 * @param config the text of {@code config.json}
 * @param notes sentences about what was chosen and what was left aside
 */
public record WeightFolder(Path folder, List<Path> files, Map<String, Path> owners, String config, List<String> notes) {
    private static final long MAX_CONFIG = 1 << 20;
    private static final long MAX_INDEX = 64 << 20;
    private static final String CONFIG = "config.json";
    private static final Pattern NAME = Pattern.compile("(diffusion_pytorch_model|model|pytorch_model)"
            + "(?:\\.(?<before>[\\w-]+))?\\.(?<format>safetensors|bin)"
            + "(?<index>(?:\\.(?<middle>[\\w-]+))?\\.index(?:\\.(?<after>[\\w-]+))?\\.json)?");
    private static final Pattern SHARD = Pattern.compile(".*-\\d{5}-of-\\d{5}.*");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** A file that may be what is looked for. */
    private record Candidate(Path path, boolean safe, boolean index, String variant) {
        String name() {
            return path.getFileName().toString();
        }

        /** The format weighs most, then the index. */
        int rank() {
            return (safe ? 0 : 2) + (index ? 0 : 1);
        }
    }

    /** Looks through a folder; plain files are taken before variants. */
    public static WeightFolder find(Path folder) throws IOException {
        return find(folder, Optional.empty());
    }

    /**
     * Looks through a folder.
     *
     * @param variant whose files are wanted, for example {@code fp16}; empty takes plain ones, and the only variant where
     *     there are none
     * @throws InputException where it holds no network, a shard is missing, or two programs would take different files
     */
    public static WeightFolder find(Path folder, Optional<String> variant) throws IOException {
        List<Candidate> all = candidates(folder);
        List<String> notes = new ArrayList<>();
        List<Candidate> wanted = ofVariant(all, variant, folder, notes);
        Candidate chosen = wanted.stream()
                .min((a, b) -> Integer.compare(a.rank(), b.rank()))
                .orElseThrow(() -> nothing(folder));
        wanted.stream()
                .filter(other -> other != chosen && other.safe() == chosen.safe())
                .forEach(other -> notes.add(besideIndex(chosen, other)));
        String config = text(folder.resolve(CONFIG), MAX_CONFIG);
        if (!chosen.index()) {
            return new WeightFolder(folder, List.of(chosen.path()), Map.of(), config, notes);
        }
        Map<String, Path> owners = owners(chosen.path(), folder);
        List<Path> files = List.copyOf(new LinkedHashSet<>(owners.values()));
        return new WeightFolder(folder, files, owners, config, notes);
    }

    /** Adds a tensor of a shard; where two shards hold a name, the index decides. */
    void merge(Map<String, StoredTensor> tensors, String name, StoredTensor tensor, Path file) {
        Path owner = owners.get(name);
        if (owner == null || owner.equals(file)) {
            tensors.put(name, tensor);
        }
    }

    /** Refuses shards that lack what the index promises. */
    void requireAll(Set<String> found) {
        owners.forEach((name, file) -> {
            if (!found.contains(name)) {
                throw new InputException(Words.of(
                        "%s lacks the tensor %s, which the folder's index promises. Fetch it again.", file, name));
            }
        });
    }

    private static List<Candidate> candidates(Path folder) throws IOException {
        List<Candidate> found = new ArrayList<>();
        if (!Files.isRegularFile(folder.resolve(CONFIG))) {
            return found;
        }
        try (Stream<Path> list = Files.list(folder)) {
            for (Path path : (Iterable<Path>) list.sorted()::iterator) {
                Matcher name = NAME.matcher(path.getFileName().toString());
                if (name.matches()
                        && !SHARD.matcher(path.getFileName().toString()).matches()
                        && Files.isRegularFile(path)) {
                    String variant = Stream.of("before", "middle", "after")
                            .map(name::group)
                            .filter(text -> text != null)
                            .findFirst()
                            .orElse("");
                    boolean safe = name.group("format").equals("safetensors");
                    found.add(new Candidate(path, safe, name.group("index") != null, variant));
                }
            }
        }
        return found;
    }

    private static List<Candidate> ofVariant(
            List<Candidate> all, Optional<String> variant, Path folder, List<String> notes) {
        Map<String, List<Candidate>> byVariant = new TreeMap<>();
        all.forEach(one -> byVariant
                .computeIfAbsent(one.variant(), none -> new ArrayList<>())
                .add(one));
        String wanted = variant.orElse("");
        if (byVariant.containsKey(wanted)) {
            return byVariant.get(wanted);
        }
        if (variant.isPresent() && byVariant.isEmpty()) {
            throw nothing(folder);
        }
        if (variant.isPresent() && !byVariant.containsKey("")) {
            throw new InputException(Words.of(
                    "%s has no weights of the variant '%s'; it has %s.",
                    folder, wanted, String.join(", ", byVariant.keySet())));
        }
        if (variant.isPresent()) {
            notes.add(Words.of("%s has no weights of the variant '%s'; its plain ones are taken.", folder, wanted));
            return byVariant.get("");
        }
        if (byVariant.size() > 1) {
            throw new InputException(Words.of(
                    "%s has weights of the variants %s and no plain ones: name one.",
                    folder, String.join(" and ", byVariant.keySet())));
        }
        byVariant
                .values()
                .forEach(only -> notes.add(Words.of(
                        "%s has no plain weights; %s is taken.",
                        folder, only.get(0).name())));
        return byVariant.values().stream().findFirst().orElse(List.of());
    }

    private static String besideIndex(Candidate chosen, Candidate other) {
        if (!chosen.name().startsWith("diffusion_")) {
            // transformers takes the single file there, so nobody can say which of the two is meant
            throw new InputException(Words.of(
                    "%s holds %s and %s, which may be two savings. Move one of them away.",
                    chosen.path().getParent(), chosen.name(), other.name()));
        }
        return Words.of("%s is taken; %s beside it, of another saving, is left aside.", chosen.name(), other.name());
    }

    private static Map<String, Path> owners(Path index, Path folder) throws IOException {
        JsonNode map;
        try {
            map = JSON.readTree(text(index, MAX_INDEX)).path("weight_map");
        } catch (JsonProcessingException broken) {
            throw new InputException(Words.of("%s is not JSON: %s.", index, broken.getOriginalMessage()), broken);
        }
        if (!map.isObject() || map.isEmpty()) {
            throw new InputException(index + " holds no weight_map from tensors to files. Fetch it again.");
        }
        Map<String, Path> owners = new LinkedHashMap<>();
        Set<String> missing = new LinkedHashSet<>();
        for (Map.Entry<String, JsonNode> entry : map.properties()) {
            String name = entry.getValue().asText();
            if (!name.matches("[^/\\\\\\x00]+") || name.equals("..")) {
                throw new InputException(
                        Words.of("%s names a shard '%s', which is no file of its folder.", index, name));
            }
            Path file = folder.resolve(name);
            if (!Files.isRegularFile(file)) {
                missing.add(name);
            }
            owners.put(entry.getKey(), file);
        }
        if (!missing.isEmpty()) {
            throw new InputException(Words.of(
                    "%s names %s, which %s missing beside it. Fetch it again.",
                    index, String.join(", ", missing), missing.size() == 1 ? "is" : "are"));
        }
        return owners;
    }

    private static String text(Path file, long limit) throws IOException {
        if (Files.size(file) > limit) {
            throw new InputException(
                    Words.of("%s has more than %d MB; it cannot be what its name says.", file, limit >> 20));
        }
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static InputException nothing(Path folder) {
        String hint = Files.isDirectory(folder.resolve("vae"))
                ? " It looks like a whole pipeline: give its folder " + folder.resolve("vae") + "."
                : "";
        return new InputException(folder + " is a folder without config.json and diffusion_pytorch_model.safetensors"
                + " (or model.safetensors, shards with an index, .bin). Give a weight file or such a folder." + hint);
    }
}
