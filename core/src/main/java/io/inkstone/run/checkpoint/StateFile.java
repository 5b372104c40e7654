package io.inkstone.run.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.AtomicFile;
import io.inkstone.layers.KernelChoices;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The state.json of a checkpoint, also as older versions wrote it. */
public final class StateFile {
    public static final String NAME = "state.json";
    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
    /** What the sums' total was called when it stood among those by name. */
    private static final String UNNAMED = "";
    /** Kernels that older versions could not choose, and so did not. */
    private static final Map<String, JsonNode> LATER_CHOICES = Map.of(
            "wideLinearFrom", JSON.valueToTree(KernelChoices.NEVER),
            "upsampleInKernelFrom", JSON.valueToTree(KernelChoices.NEVER),
            "minimalFiltering", JSON.valueToTree(KernelChoices.MinimalFiltering.NONE));

    private StateFile() {}

    /** @param folder of the checkpoint */
    static void write(CheckpointState state, Path folder) throws IOException {
        byte[] json = JSON.writeValueAsBytes(state);
        AtomicFile.write(folder.resolve(NAME), out -> out.write(json));
    }

    /** The state of the checkpoint {@code from} as that of {@code to}, which has other files: {@code hashes}. */
    public static void copyFor(Map<String, String> hashes, Path from, Path to) throws IOException {
        write(read(from).withFiles(hashes), to);
    }

    /** @param folder of the checkpoint */
    static CheckpointState read(Path folder) {
        try {
            ObjectNode json = JSON.readValue(folder.resolve(NAME).toFile(), ObjectNode.class);
            return JSON.treeToValue(upgraded(json), CheckpointState.class);
        } catch (JsonProcessingException wrong) {
            throw unreadable(folder, wrong.getOriginalMessage(), wrong);
        } catch (IOException failure) {
            throw unreadable(folder, failure.getMessage(), failure);
        }
    }

    private static InputException unreadable(Path folder, String why, IOException cause) {
        return new InputException(
                        Words.of(
                                "The state.json of checkpoint %s cannot be read: %s. Go on from another checkpoint of %s.",
                                folder, why, folder.toAbsolutePath().getParent().getParent()),
                        cause)
                .about("checkpoint");
    }

    /** What older versions wrote, in today's form. A run goes on with today's choices of kernels where its own were not written. */
    private static ObjectNode upgraded(ObjectNode json) {
        if (!json.has("losses")) {
            sumEpoch(json);
        }
        if (!json.at("/losses/lastEpoch").isObject()) {
            nameTotals(json);
        }
        if (!json.has("kernels")) {
            json.set(
                    "kernels",
                    JSON.<ObjectNode>valueToTree(KernelChoices.MEASURED).without(LATER_CHOICES.keySet()));
        }
        if (!json.has("files")) {
            json.putObject("files");
        }
        if (!json.has("passing")) {
            json.put("passing", false);
        }
        ObjectNode kernels = json.withObject("/kernels");
        LATER_CHOICES.forEach((name, none) -> {
            if (!kernels.has(name)) {
                kernels.set(name, none);
            }
        });
        return json;
    }

    /**
     * Before epochs were summed by name there was the total of the finished steps, and beside it that of the open one: it
     * becomes the epoch's, its parts are known again from the next epoch on.
     */
    private static void sumEpoch(ObjectNode json) {
        JsonNode open = json.path("openLosses");
        double sum = json.path("lossSum").asDouble() + open.path(UNNAMED).asDouble();
        long pictures = json.path("lossPictures").asLong()
                + json.at("/position/openPictures").asLong();
        ObjectNode losses = json.putObject("losses");
        losses.set("step", open);
        ObjectNode epoch = losses.putObject("epoch");
        long inEpoch = json.at("/position/inEpoch").asLong();
        if (inEpoch > 0) {
            epoch.put(UNNAMED, sum / pictures * inEpoch);
        }
        losses.set("lastEpoch", json.path("epochLoss"));
        json.remove(List.of("openLosses", "lossSum", "lossPictures", "epochLoss"));
    }

    /** Then the total stood among the sums by name, and of the last epoch there was its total alone. */
    private static void nameTotals(ObjectNode json) {
        ObjectNode losses = (ObjectNode) json.path("losses");
        nameTotal(losses, "step", json.at("/position/openPictures"));
        nameTotal(losses, "epoch", json.at("/position/inEpoch"));
        double lastEpoch = losses.path("lastEpoch").asDouble(Double.NaN);
        losses.putObject("lastEpoch").put("total", lastEpoch).putObject("byName");
        losses.put("told", true);
    }

    private static void nameTotal(ObjectNode losses, String key, JsonNode pictures) {
        ObjectNode byName = losses.path(key).isObject() ? (ObjectNode) losses.path(key) : losses.objectNode();
        double total = byName.path(UNNAMED).asDouble();
        byName.remove(UNNAMED);
        losses.putObject(key)
                .put("pictures", pictures.asLong())
                .put("total", total)
                .set("byName", byName);
    }
}
