package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.scheduler.SchedulerConfig;
import io.inkstone.models.clip.ClipTextEncoder;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.text.ClipTokenizer;

/**
 * What stands beside the U-Net of a Stable Diffusion model and is not trained with it. Models of one training share it;
 * closed with the first of them.
 */
public final class StableParts implements AutoCloseable {
    private final ClipTokenizer tokenizer;
    private final ClipTextEncoder text;
    private final LatentCoder coder;
    private final SchedulerConfig scheduler;
    private boolean closed;

    /**
     * @param tokenizer from words to ids
     * @param text from ids to states
     * @param coder from latents to pictures and back
     * @param scheduler what a folder says of levels, target and sampler
     */
    public StableParts(ClipTokenizer tokenizer, ClipTextEncoder text, LatentCoder coder, SchedulerConfig scheduler) {
        if (tokenizer.size() > text.shape().vocabulary()) {
            throw new InputException(Words.of(
                    "The tokenizer knows %,d ids and the text encoder %,d: they are of two models. Take both from one folder.",
                    tokenizer.size(), text.shape().vocabulary()));
        }
        this.tokenizer = tokenizer;
        this.text = text;
        this.coder = coder;
        this.scheduler = scheduler.forStableDiffusion();
        text.settle();
        coder.network().settle();
    }

    public ClipTokenizer tokenizer() {
        return tokenizer;
    }

    public ClipTextEncoder text() {
        return text;
    }

    public LatentCoder coder() {
        return coder;
    }

    /** As a pipeline of Stable Diffusion takes it. */
    public SchedulerConfig scheduler() {
        return scheduler;
    }

    /** Refuses a U-Net of another model. */
    void requireFit(ConditionalUnet unet) {
        int told = unet.shape().levels().get(0).told();
        if (text.shape().width() != told) {
            throw new InputException(Words.of(
                    "The U-Net is told texts by %d numbers a state and the text encoder gives %d: their folders are of two models.",
                    told, text.shape().width()));
        }
        if (unet.shape().out() != coder.channels()) {
            throw new InputException(Words.of(
                    "The U-Net answers %d channels and the autoencoder's codes have %d: their folders are of two models.",
                    unet.shape().out(), coder.channels()));
        }
    }

    /** As a U-Net beside them is trained: along the table, the noise keeping what the pictures lose. */
    DiffusionProcess process() {
        return scheduler.process();
    }

    /** Memory of both networks' weights. */
    public long bytes() {
        return text.bytes() + coder.network().bytes();
    }

    /** Moves both networks. */
    public void moveTo(ComputeDevice device) {
        text.moveTo(device);
        coder.network().moveTo(device);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            text.close();
            coder.close();
        }
    }
}
