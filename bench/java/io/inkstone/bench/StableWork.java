package io.inkstone.bench;

import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.layers.BlockPass;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.autoencoder.AutoencoderNetwork;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.models.conditional.Prompted;
import io.inkstone.models.stable.Drawing;
import io.inkstone.models.stable.StableDiffusion;
import io.inkstone.models.stable.StableFolder;
import io.inkstone.run.Environment;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/** Inkstone's side of the rows of Stable Diffusion: a folder opened, a call of its U-Net for two conditions, a whole picture. */
final class StableWork {
    static final int STEPS = 20;
    private static final double GUIDANCE = 7.5;
    private static final float LEVEL = 500;

    private final Row row;
    private final Path model;
    private final NdArray noise;
    private final Precision precision;
    private final Map<String, double[]> results = new TreeMap<>();
    private StableDiffusion opened;

    private StableWork(Row row, Path folder, Precision precision) throws IOException {
        this.row = row;
        this.model = StableFiles.model(row, folder);
        this.noise = Prepared.inputs(folder).tensors().get("noise");
        this.precision = precision;
    }

    static void measure(Row row, Path folder, Precision precision) throws IOException {
        Environment here = Environment.here(ComputeDevice.CPU, precision);
        Conversation conversation = new Conversation("%s, libtorch %s, threads: %d"
                .formatted(here.precision().word(), here.libtorch(), here.threads()));
        StableWork work = new StableWork(row, folder, precision);
        switch (row.name()) {
            case "sd-open" -> conversation.task("open", Conversation.Work.of(work::open)).hold(work.results);
            case "sd-picture" -> {
                work.open();
                conversation.task("picture", Conversation.Work.of(work::picture)).hold(work.results);
            }
            default -> {
                work.open();
                work.steps(conversation);
            }
        }
    }

    /** From the folder to a model that can draw. */
    private void open() throws IOException {
        if (opened != null) {
            opened.close();
        }
        opened = StableFolder.of(model, Optional.empty()).open(precision);
        results.put("open", new double[] {opened.unet().parameterCount()});
    }

    /** As in a drawing, whose weights are prepared once for all of its steps. */
    private void steps(Conversation conversation) {
        try (Scope scope = Scope.open()) {
            Tensor states = opened.states(List.of("", StableFiles.PROMPT), 0);
            Tensor latents = Tensors.of(noise);
            Tensor both = Tensors.concatenate(0, latents, latents);
            Conversation.Step step = () -> {
                try (Scope inner = Scope.open()) {
                    Tensor answer = opened.unet().apply(both, Tensors.of(new float[] {LEVEL}, 1), Prompted.of(states));
                    results.put("step", InkstoneSide.summary(Tensors.toArray(answer)));
                }
            };
            Layer.evaluating(() -> precision.compute(ComputeDevice.CPU, () -> Frozen.during(() -> {
                try {
                    conversation.task("step", Conversation.Work.of(step)).hold(results);
                    return null;
                } catch (IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            })));
        }
    }

    private void picture() {
        Drawing drawing = Drawing.of(StableFiles.PROMPT, 1, 0, StableFiles.side(row), StableFiles.side(row))
                .along(new Drawing.Way(STEPS, Guidance.of(GUIDANCE), 0, SamplingListener.NONE))
                .from(noise);
        results.put("picture", InkstoneSide.summary(opened.draw(drawing).pictures()));
    }

    /** What a task multiplies, each product as often as it is done. */
    static Map<Product, Integer> products(Row row) {
        Map<Product, Integer> counts = new LinkedHashMap<>();
        boolean whole = row.name().equals("sd-picture");
        try (Scope scope = Scope.open();
                ConditionalUnet unet = StableFiles.unet(row, Initializer.shapesOnly());
                AutoencoderNetwork autoencoder = StableFiles.autoencoder(row, Initializer.shapesOnly())) {
            int latent = StableFiles.side(row) / 8;
            ComputeDevice meta = unet.device();
            Tensor two = meta.place(Tensors.zeros(2, 4, latent, latent));
            Tensor states = meta.place(Tensors.zeros(2, 77, unet.shape().levels().get(0).told()));
            Product.of(unet, StableFiles.HEADS, () -> unet.apply(two, meta.place(Tensors.zeros(1)), Prompted.of(states)))
                    .forEach(each -> counts.merge(each.product(), whole ? STEPS : 1, Integer::sum));
            if (whole) {
                Tensor one = meta.place(Tensors.zeros(1, 4, latent, latent));
                Product.of(autoencoder, 1, () -> autoencoder.decode(one, BlockPass.PLAIN))
                        .forEach(each -> counts.merge(each.product(), 1, Integer::sum));
            }
        }
        return counts;
    }
}
