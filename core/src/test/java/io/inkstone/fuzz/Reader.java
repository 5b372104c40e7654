package io.inkstone.fuzz;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.array.Npz;
import io.inkstone.data.DataSet;
import io.inkstone.data.PackedCache;
import io.inkstone.data.PictureSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.diffusion.scheduler.SchedulerConfig;
import io.inkstone.image.PngText;
import io.inkstone.models.clip.ClipTextShape;
import io.inkstone.models.conditional.ConditionalConfig;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.text.ClipTokenizer;
import io.inkstone.text.WeightedText;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightSource;
import io.inkstone.weights.layout.DiffusersConfig;
import io.inkstone.weights.layout.PartConfig;
import io.inkstone.weights.lora.LoraFile;
import io.inkstone.weights.lora.LoraModules;
import io.inkstone.weights.pickle.TorchFile;
import io.inkstone.wish.Wish;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Every reader of files from outside, as something that takes any bytes: it answers, or it says in an InputException or
 * IOException what is wrong. Where a reader wants several files, the first byte says which of them the rest is, or the first
 * two how long the first one is.
 */
public enum Reader {
    SAFETENSORS {
        @Override
        void read(byte[] input, Place place) throws IOException {
            use(Safetensors.read(place.file("x.safetensors", input)).tensors());
        }
    },
    TORCH {
        @Override
        void read(byte[] input, Place place) throws IOException {
            use(TorchFile.read(place.file("x.pt", input)).tensors());
        }
    },
    NPY {
        @Override
        void read(byte[] input, Place place) throws IOException {
            Npy.read(new ByteArrayInputStream(input), "x", 1 << 20).toDoubles();
        }
    },
    NPZ {
        @Override
        void read(byte[] input, Place place) throws IOException {
            use(Npz.read(place.file("x.npz", input), 1 << 20));
        }
    },
    LORA {
        @Override
        void read(byte[] input, Place place) throws IOException {
            try (WeightSource source = WeightSource.open(place.file("lora.safetensors", input))) {
                LoraFile.read(source, MODULES);
            }
        }
    },
    ARRAY_OF_PICTURES {
        @Override
        void read(byte[] input, Place place) {
            pictures(place.file("pictures.npy", input));
        }
    },
    IDX {
        @Override
        void read(byte[] input, Place place) {
            place.file("train-images-idx3-ubyte", first(input));
            pictures(place.file("train-labels-idx1-ubyte", second(input)).getParent());
        }
    },
    CIFAR {
        @Override
        void read(byte[] input, Place place) {
            place.file("batches.meta", second(input));
            pictures(place.file("data_batch_1", first(input)).getParent());
        }
    },
    PARQUET {
        @Override
        void read(byte[] input, Place place) {
            pictures(place.file("train.parquet", input).getParent());
        }
    },
    ARROW {
        @Override
        void read(byte[] input, Place place) {
            pictures(place.file("train.arrow", input));
        }
    },
    TAR {
        @Override
        void read(byte[] input, Place place) {
            pictures(place.file("00000.tar", input).getParent());
        }
    },
    ZIP {
        @Override
        void read(byte[] input, Place place) {
            pictures(place.file("data.zip", input));
        }
    },
    CAPTIONS {
        @Override
        void read(byte[] input, Place place) {
            place.file("0.png", ReaderSeeds.PICTURE);
            String name =
                    chosen(input, "metadata.jsonl", "metadata.csv", "0.txt", "captions.json", "list_attr_celeba.txt");
            pictures(place.file(name, rest(input)).getParent());
        }
    },
    PACKED {
        @Override
        void read(byte[] input, Place place) throws IOException {
            try (PackedCache cache = PackedCache.open(place.file("x.inkdata", input))) {
                cache.verify();
                look(cache);
            }
        }
    },
    PNG_TEXT {
        @Override
        void read(byte[] input, Place place) {
            PngText.read(input, "x.png");
        }
    },
    RECIPE {
        @Override
        void read(byte[] input, Place place) {
            Recipes.print(Recipes.parse(text(input), "x", List.of()));
        }
    },
    WISH {
        @Override
        void read(byte[] input, Place place) {
            Wish.of(text(input));
        }
    },
    PROMPT {
        @Override
        void read(byte[] input, Place place) {
            WeightedText.parse(text(input));
        }
    },
    VOCABULARY {
        @Override
        void read(byte[] input, Place place) {
            String name = chosen(input, "tokenizer.json", "vocab.json", "merges.txt", "bpe_simple_vocab_16e6.txt.gz");
            if (name.startsWith("vocab")) {
                place.file("merges.txt", "#version: 0.2\n".getBytes(StandardCharsets.UTF_8));
            } else if (name.startsWith("merges")) {
                place.file("vocab.json", "{\"a\": 0}".getBytes(StandardCharsets.UTF_8));
            }
            ClipTokenizer.open(place.file(name, rest(input)).getParent());
        }
    },
    CONFIG {
        @Override
        void read(byte[] input, Place place) {
            String text = text(rest(input));
            switch (chosen(input, "scheduler", "diffusers", "text", "unet", "part")) {
                case "scheduler" -> SchedulerConfig.parse(text);
                case "diffusers" -> DiffusersConfig.parse(text);
                case "text" -> ClipTextShape.parse(text);
                case "unet" -> ConditionalConfig.parse(text);
                default -> PartConfig.parse("unet", text);
            }
        }
    },
    STATE {
        @Override
        void read(byte[] input, Place place) {
            Checkpoints.state(place.file("state.json", input).getParent());
        }
    },
    RUN {
        @Override
        void read(byte[] input, Place place) {
            new RunDirectory(place.file("data.json", input).getParent()).data();
        }
    };

    private static final LoraModules MODULES =
            new LoraModules(Map.of("down.to_q.weight", new long[] {4, 4}), Map.of("fc1.weight", new long[] {4, 4}));

    /** Takes what {@code input} is as a file of this kind. Every other exception than those is a fault. */
    abstract void read(byte[] input, Place place) throws IOException;

    private static void use(Map<String, NdArray> arrays) {
        arrays.values().forEach(NdArray::toDoubles);
    }

    private static void pictures(Path path) {
        try (DataSet set = DataSource.open(path)) {
            look(set.train());
            set.heldOut().ifPresent(Reader::look);
        }
    }

    private static void look(PictureSet set) {
        for (int i = 0; i < Math.min(3, set.count()); i++) {
            set.entry(i);
            set.pixels(i);
        }
    }

    private static String text(byte[] input) {
        return new String(input, StandardCharsets.UTF_8);
    }

    private static String chosen(byte[] input, String... names) {
        return names[input.length == 0 ? 0 : Math.floorMod(input[0], names.length)];
    }

    private static byte[] rest(byte[] input) {
        return Arrays.copyOfRange(input, Math.min(1, input.length), input.length);
    }

    private static int split(byte[] input) {
        int said = input.length < 2 ? 0 : (input[0] & 0xFF) << 8 | input[1] & 0xFF;
        return Math.min(input.length, 2 + said);
    }

    private static byte[] first(byte[] input) {
        return Arrays.copyOfRange(input, Math.min(2, input.length), split(input));
    }

    private static byte[] second(byte[] input) {
        return Arrays.copyOfRange(input, split(input), input.length);
    }
}
