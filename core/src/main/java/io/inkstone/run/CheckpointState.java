package io.inkstone.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.layers.KernelChoices;
import io.inkstone.tensor.Precision;
import io.inkstone.train.LossState;
import io.inkstone.train.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * What a checkpoint holds beside tensors: its state.json.
 *
 * @param format of the checkpoint, 1
 * @param position where training stands
 * @param losses of the unfinished step and epoch
 * @param precision with which it was trained
 * @param threads of libtorch
 * @param kernels which of two equal ways its operations took
 */
record CheckpointState(
        int format, Position position, LossState losses, Precision precision, int threads, KernelChoices kernels) {
    static final int FORMAT = 1;

    /**
     * What older versions wrote, in today's form. Before epochs were summed by name there was the total of the finished
     * steps, and beside it that of the open one: it becomes the epoch's, its parts are known again from the next epoch on.
     * A run whose choices of kernels were not written goes on with today's.
     */
    static ObjectNode upgraded(ObjectNode json) {
        if (!json.has("losses")) {
            JsonNode open = json.path("openLosses");
            double sum = json.path("lossSum").asDouble() + open.path("").asDouble();
            long pictures = json.path("lossPictures").asLong()
                    + json.at("/position/openPictures").asLong();
            ObjectNode losses = json.putObject("losses");
            losses.set("step", open);
            ObjectNode epoch = losses.putObject("epoch");
            long inEpoch = json.at("/position/inEpoch").asLong();
            if (inEpoch > 0) {
                epoch.put("", sum / pictures * inEpoch);
            }
            losses.set("lastEpoch", json.path("epochLoss"));
            json.remove(List.of("openLosses", "lossSum", "lossPictures", "epochLoss"));
        }
        if (!json.has("kernels")) {
            json.putPOJO("kernels", KernelChoices.MEASURED);
        }
        return json;
    }

    /** Sentences for what may make this machine's bytes differ from those of the machine that saved. */
    List<String> differences(Precision precisionHere, int threadsHere) {
        List<String> sentences = new ArrayList<>();
        if (precision != precisionHere) {
            sentences.add("This run was trained in %s; this machine goes on in %s, so bytes will differ."
                    .formatted(precision.word(), precisionHere.word()));
        }
        if (threads != threadsHere) {
            sentences.add("This run was trained with %d threads; this machine uses %d, so bytes may differ."
                    .formatted(threads, threadsHere));
        }
        return sentences;
    }
}
