package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that ask for what cannot be: one sentence, the right exit code, nothing left behind. */
class WrongLinesTest {
    @TempDir
    static Path folder;

    private static Path sprites;
    private static Path faces;

    @BeforeAll
    static void train() throws IOException {
        Path data = TinyRuns.data(folder);
        sprites = TinyRuns.sprites(folder, data);
        faces = TinyRuns.faces(folder, data);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train sprits",
                "train sprites --set model.widht=8",
                "train sprites --set train.epochs=0",
                "train",
                "train sprites --nonsense",
                "sample",
                "interpolate RUN",
                "describe RUN --input",
                "describe sprites --set model.widht=8",
                "sample RUN --weights worst",
                "sample RUN --precision half",
                "sample RUN --count 0",
                "sample RUN --batch 0",
                "encode RUN --images a.png --precision half --out z.npy",
                "decode RUN --latents z.npy --weights worst",
                "reconstruct RUN --images a.png --device abacus",
                "compare RUN --weights worst",
                "compare RUN --precision half",
                "export RUN --weights worst --out w.safetensors",
                "export RUN --layout keras --out w.safetensors",
                "import w.safetensors --recipe sprites --missing-shortcut one --out new",
                "interpolate RUN --seeds 1 2 --count 1",
                "walk RUN --dimension 0 --count 1",
                "resume RUN --set train.epochs",
                "resume RUN --set model.width=9",
                "data prepare x --part half --out x.inkdata",
                "data inspect x --size 0",
            })
    void wrongUsageExitsWithTwo(String words) {
        Terminal wrong =
                Terminal.run((Object[]) words.replace("RUN", sprites.toString()).split(" "));
        assertThat(wrong.exit()).as(wrong.err()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("inkstone: ").doesNotContain("\tat ");
    }

    /** What cannot be understood is wrong usage; what this run or data cannot do has failed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 train sprites --data FOLDER/none --out FOLDER/new",
                "1 train sprites --data FOLDER/data/classes.txt --out FOLDER/new",
                "1 train sprites --out RUN",
                "1 train sprites --out FOLDER/data --continue",
                "1 train sprites --data FOLDER/data --set data.size=30 --out FOLDER/new",
                "1 resume FOLDER/none",
                "1 resume FOLDER/data",
                "1 sample FOLDER/none",
                "1 sample RUN --steps 11",
                "2 sample RUN --sampler eular",
                "1 sample RUN --labels hat",
                "2 sample RUN --out FOLDER/picture.bmp",
                "2 sample RUN --frames FOLDER/picture.bmp",
                "1 sample RUN --noise FOLDER/data/classes.txt",
                "2 sample RUN --noise a.npy --latents b.npy",
                "2 sample RUN --eta 2",
                "1 sample RUN --eta 0.5 --sampler heun",
                "2 sample RUN --grid karas",
                "2 sample RUN --guidance-interval 3",
                "2 sample RUN --guidance 2 --guidance-interval 5:3",
                "2 sample RUN --guidance 2 --guidance-rescale 2",
                "2 sample RUN --guidance-rescale 0.5",
                "1 sample RUN --negative dark",
                "1 sample RUN --guidance 2 --negative hat",
                "2 sample RUN --threshold 2",
                "2 sample RUN --clamp --threshold 0.9",
                "2 sample RUN --seed 9223372036854775807 --count 3",
                "2 sample RUN --seed 9223372036854775806 --labels 0,1,0",
                "1 sample FACES --grid karras",
                "1 sample FACES --negative dark",
                "1 sample FACES --frames FOLDER/film.png",
                "2 train sprites --data FOLDER/data --set diffusion.path=flow --out FOLDER/new",
                "2 train sprites --data FOLDER/data --set diffusion.path=edm --set diffusion.zeroTerminalSnr=true --out FOLDER/new",
                "1 sample FACES --steps 5",
                "1 sample --like FOLDER/data/classes.txt",
                "1 reconstruct RUN --images FOLDER/data/pictures.npy",
                "1 reconstruct FACES --images FOLDER/data/labels.npy",
                "1 decode FACES --latents FOLDER/data/labels.npy",
                "1 walk FACES --dimension 6",
                "2 walk FACES --dimension 0 --count 2000000000",
                "2 interpolate FACES --seeds 1 2 --count 2000000000",
                "1 describe sprites --input 3x30",
                "2 describe RUN --set model.width=9",
                "2 encode FACES --images a.png --skip-damaged --out z.npy",
                "1 interpolate FACES --seeds 1 2 --steps 5",
                "2 interpolate FACES --images a.png b.png --steps 5",
                "2 interpolate RUN --images a.png b.png --eta 1",
                "2 interpolate RUN --images a.png b.png --seed 3",
                "2 encode RUN --images a.png --scaled --out FOLDER/z.npy",
                "2 encode RUN --images a.png --out FOLDER/z.safetensors",
                "2 encode RUN --data FOLDER/data --out FOLDER/z.safetensors",
                "2 encode RUN --images a.png --sampler heun --out FOLDER/z.npy",
                "2 encode FACES --images a.png --steps 4 --out FOLDER/z.npy",
                "2 edit FACES --images a.png --add bright=1 --sampler ddim",
                "1 compare FACES RUN",
            })
    void failuresExitWithTheirCodeAndASentence(String words) {
        String line = words.substring(2)
                .replace("FOLDER", folder.toString())
                .replace("RUN", sprites.toString())
                .replace("FACES", faces.toString());
        Terminal failed = Terminal.run((Object[]) line.split(" "));
        assertThat(failed.exit()).as(failed.out() + failed.err()).isEqualTo(words.charAt(0) - '0');
        assertThat(failed.err().lines().filter(said -> said.startsWith("inkstone: ")))
                .hasSize(1);
        assertThat(failed.err()).doesNotContain("\tat ").doesNotContain("say --stacktrace");
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(folder.resolve("data/recipe.yaml")).doesNotExist();
    }
}
