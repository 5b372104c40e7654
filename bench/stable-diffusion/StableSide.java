import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Watch;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.models.conditional.Prompted;
import io.inkstone.models.stable.Drawing;
import io.inkstone.models.stable.StableDiffusion;
import io.inkstone.models.stable.StableFolder;
import io.inkstone.tensor.Hardware;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** Our side of the full-size comparison: every block, states, answer and picture beside the reference's arrays, and times. */
public final class StableSide {
    private static final String PROMPT = "A watercolor of two red foxes, under a (pale) moon!";

    private StableSide() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Precision precision = Precision.valueOf(args[1]);
        System.out.println(Hardware.here().describe());
        long start = System.nanoTime();
        try (StableDiffusion model =
                StableFolder.of(folder.resolve("model"), Optional.empty()).open(precision)) {
            System.out.printf("open %.1f s%n", (System.nanoTime() - start) / 1e9);
            compareBlocks(model, folder);
            time(model, folder);
            draw(model, folder);
        }
        Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmHWM"))
                .forEach(System.out::println);
    }

    private static void compareBlocks(StableDiffusion model, Path folder) throws Exception {
        try (Scope scope = Scope.open()) {
            Tensor states = model.states(List.of("", PROMPT), 0);
            report("states", Tensors.toFloats(states), array(folder, "states"));
            Map<Layer, String> names = new IdentityHashMap<>();
            name("", model.unet(), names);
            Map<String, Double> worst = new java.util.TreeMap<>();
            Watch watch = new Watch() {
                @Override
                public Tensor around(Layer layer, Tensor input, Supplier<Tensor> forward) {
                    Tensor output = forward.get();
                    String name = names.get(layer);
                    if (name != null && Files.exists(folder.resolve("block-" + name + ".npy"))) {
                        double error = error(Tensors.toFloats(output), array(folder, "block-" + name));
                        worst.merge(name, error, Math::max);
                    }
                    return output;
                }
            };
            Supplier<Tensor> answer = () -> answer(model, folder, Tensors.of(array(folder, "states")));
            // Layer.pass hands its own watch on: the interface's way in is package-private, so this reads by reflection.
            var during = Watch.class.getDeclaredMethod("during", Watch.class, Supplier.class);
            during.setAccessible(true);
            Supplier<Tensor> evaluated = () -> Layer.evaluating(() -> model.precision().compute(model.unet().device(), answer));
            Tensor plain = (Tensor) during.invoke(null, watch, evaluated);
            report("answer, plain", Tensors.toFloats(plain), array(folder, "answer"));
            System.out.printf(
                    "%d blocks, largest difference %.2g of the largest value (%s)%n",
                    worst.size(),
                    worst.values().stream().mapToDouble(Double::doubleValue).max().orElse(0),
                    worst.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey).orElse("none"));
        }
    }

    private static Tensor answer(StableDiffusion model, Path folder, Tensor states) {
        return answer(model.unet(), Tensors.of(array(folder, "noise")), states);
    }

    private static Tensor answer(ConditionalUnet unet, Tensor noise, Tensor states) {
        return unet.apply(Tensors.concatenate(0, noise, noise), Tensors.of(new float[] {500}, 1), Prompted.of(states));
    }

    private static void time(StableDiffusion model, Path folder) {
        try (Scope scope = Scope.open()) {
            Tensor noise = Tensors.of(array(folder, "noise"));
            Tensor states = Tensors.of(array(folder, "states"));
            List<Double> seconds = new ArrayList<>();
            Layer.evaluating(() -> model.precision().compute(model.unet().device(), () -> Frozen.during(() -> {
                for (int i = 0; i < 3; i++) {
                    long start = System.nanoTime();
                    try (Scope step = Scope.open()) {
                        float[] answer = Tensors.toFloats(answer(model.unet(), noise, states));
                        seconds.add((System.nanoTime() - start) / 1e9);
                        if (i == 2) {
                            report("answer, prepared", answer, array(folder, "answer"));
                        }
                    }
                }
                return null;
            })));
            System.out.printf("U-Net for two conditions: %s s%n", seconds);
        }
    }

    private static void draw(StableDiffusion model, Path folder) {
        Drawing drawing = Drawing.of(PROMPT, 1, 0, 512, 512)
                .along(new Drawing.Way(2, Guidance.of(7.5), 0, SamplingListener.NONE))
                .from(array(folder, "noise"));
        long start = System.nanoTime();
        StableDiffusion.Drawn drawn = model.draw(drawing);
        System.out.printf("picture of two steps: %.1f s%n", (System.nanoTime() - start) / 1e9);
        report("latents", drawn.latents().toFloats(), array(folder, "latents"));
        report("pictures", drawn.pictures().toFloats(), array(folder, "pictures"));
    }

    private static void name(String prefix, Layer layer, Map<Layer, String> names) {
        layer.children().forEach((key, child) -> {
            names.put(child, prefix + key);
            name(prefix + key + ".", child, names);
        });
    }

    private static NdArray array(Path folder, String name) {
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".npy"))) {
            return Npy.read(in, name, 1L << 30);
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static void report(String what, float[] got, NdArray wanted) {
        System.out.printf("%s: %.2g of the largest value%n", what, error(got, wanted));
    }

    private static double error(float[] got, NdArray array) {
        float[] wanted = array.toFloats();
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < wanted.length; i++) {
            largest = Math.max(largest, Math.abs(wanted[i]));
            difference = Math.max(difference, Math.abs(wanted[i] - got[i]));
        }
        return difference / largest;
    }
}
