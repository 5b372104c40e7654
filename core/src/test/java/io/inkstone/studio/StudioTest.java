package io.inkstone.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.inkstone.InputException;
import io.inkstone.condition.Condition;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.PngText;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.wish.Asked;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.Means;
import io.inkstone.wish.SamplingWish;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StudioTest {
    @TempDir
    static Path folder;

    private static Path run;
    private static GenerationRequest request;

    @BeforeAll
    static void train() {
        run = SmallRuns.train(folder, "run", 2);
        request = GenerationRequest.of(3, 5)
                .withConditions(Collections.nCopies(3, Condition.oneOf(0, 2)))
                .withSampling(SamplingOptions.of("ddim", 4));
    }

    @Test
    void drawsTheBytesThatTheModelDrawsAlone() {
        float[] alone;
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            Generation generation = new Generation(saved.generates(), ComputeDevice.CPU, Precision.AUTO);
            alone = generation.pictures(request).toFloats();
        }
        try (Studio studio = Studio.open(run)) {
            assertThat(studio.draw(request).array().toFloats()).containsExactly(alone);
            assertThat(studio.draw(request).array().toFloats())
                    .containsExactly(alone); // by the copies of the first time
        }
    }

    @Test
    void splitsLargeRequestsAsDrawingAloneDoes() {
        float[] alone;
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            alone = new Generation(saved.generates(), ComputeDevice.CPU, Precision.AUTO, 2)
                    .pictures(request)
                    .toFloats();
        }
        try (Studio studio = Studio.open(run)) {
            Job<Drawn> job = studio.run().draw(request, Turn.USUAL.withBatch(2));
            assertThat(job.join().array().toFloats()).containsExactly(alone);
            assertThat(studio.pieces()).isEqualTo(2);
            assertThat(job.progress()).isEqualTo(new Progress(12, 12));
        }
    }

    @Test
    void givesPicturesWithoutAFile() throws Exception {
        Drawn drawn;
        try (Studio studio = Studio.open(run)) {
            drawn = studio.draw(request);
        }
        assertThat(drawn.count()).isEqualTo(3);
        assertThat(PictureFile.read(Files.write(folder.resolve("one.png"), drawn.png(1))))
                .isEqualTo(drawn.picture(1));
        assertThat(PngText.read(drawn.png(1), "picture").get("inkstone.recipe")).contains("system: diffusion");
        assertThat(drawn.image(2).getWidth()).isEqualTo(8);
        assertThat(drawn.image(2).getRGB(3, 4) >> 16 & 255)
                .isEqualTo(drawn.picture(2).at(3, 4, 0));
    }

    /** What {@code --like} would draw from it is the picture itself, to rounding of 8 bits. */
    @Test
    void everyPictureSaysHowItIsDrawnAlone() throws Exception {
        try (Studio studio = Studio.open(run)) {
            List<String> classes = studio.run().classes();
            DrawWish wish = DrawWish.builder()
                    .labels(classes.get(0) + "," + classes.get(1))
                    .seed(9)
                    .sampling(SamplingWish.builder().steps(3).build())
                    .build();
            Drawn both = studio.draw(wish);
            Path file = Files.write(folder.resolve("second.png"), both.png(1));
            DrawWish alone = DrawWish.like(file, JsonNodeFactory.instance.objectNode());
            assertThat(alone.seed()).hasValue(10);
            assertThat(alone.asked()).isEqualTo(new Asked.Labels(classes.get(1)));
            assertThat(alone.source().orElseThrow().hash())
                    .isEqualTo(studio.run().hash());
            Pixels again = studio.draw(alone).picture(0);
            for (int i = 0; i < again.data().length; i++) {
                assertThat(again.data()[i] & 255).isCloseTo(both.picture(1).data()[i] & 255, within(1));
            }
            assertThatThrownBy(
                            () -> studio.draw(DrawWish.builder().prompt("a hat").build()))
                    .isInstanceOf(InputException.class);
            assertThatThrownBy(() -> studio.draw(DrawWish.builder()
                            .means(new Means(OptionalInt.empty(), Optional.of(SavedRun.Weights.RAW), Optional.empty()))
                            .build()))
                    .hasMessageContaining("open the run with them");
        }
    }

    @Test
    void tellsOfStepsAndShowsPicturesOnTheWay() {
        try (Studio studio = Studio.open(run)) {
            List<Progress> seen = new ArrayList<>();
            List<Preview> shown = new ArrayList<>();
            Job<Drawn> job;
            synchronized (seen) {
                job = studio.run().draw(request, Turn.USUAL.withPreviews(new Previews(2, 2)));
                job.onProgress(each -> {
                    synchronized (seen) {
                        seen.add(each.progress());
                        each.preview().ifPresent(shown::add);
                    }
                });
            }
            job.join();
            assertThat(seen).contains(new Progress(9, 12), new Progress(12, 12));
            assertThat(shown).anySatisfy(preview -> {
                assertThat(preview.step()).isEqualTo(4);
                assertThat(preview.pictures()).hasSize(2);
                assertThat(preview.pictures().get(0).width()).isEqualTo(8);
            });
        }
    }

    @Test
    void sharesOneModelAmongItsUsersAndUnloadsItAfterTheLast() {
        try (Studio studio = Studio.of(StudioSettings.DEFAULT.withMostIdle(0))) {
            Lease first = studio.lease(run);
            Lease second = studio.lease(folder.resolve("run-data/../run"));
            assertThat(second.run().model()).isSameAs(first.run().model());
            SavedRun opened = first.run();
            first.close();
            first.close();
            assertThat(second.draw(request, Turn.USUAL).join().count()).isEqualTo(3);
            assertThatThrownBy(first::run)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("given back");
            assertThatThrownBy(() -> first.draw(request, Turn.USUAL)).hasMessageContaining("given back");
            second.close();
            assertThat(studio.loadedRuns()).isZero();
            assertThatThrownBy(opened::model)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("closed");
        }
    }

    @Test
    void worksOnForAJobWhoseLeaseWasGivenBack() {
        try (Studio studio = Studio.of(StudioSettings.DEFAULT.withMostIdle(0))) {
            Job<Drawn> job;
            try (Lease lease = studio.lease(run)) {
                job = lease.draw(request, Turn.USUAL);
            }
            assertThat(job.join().count()).isEqualTo(3);
        }
    }

    @Test
    void aRunThatWasTrainedAgainIsAnother() throws Exception {
        Path again = SmallRuns.train(folder, "again", 1);
        try (Studio studio = Studio.of(StudioSettings.DEFAULT);
                Lease before = studio.lease(again)) {
            float[] first = before.draw(request, Turn.USUAL).join().array().toFloats();
            Files.move(again, folder.resolve("gone"));
            assertThat(before.draw(request, Turn.USUAL).join().array().toFloats())
                    .containsExactly(first);
            assertThatThrownBy(() -> studio.lease(again)).hasMessageContaining("There is no run directory");
            SmallRuns.train(folder, "again", 3);
            try (Lease after = studio.lease(again)) {
                assertThat(after.hash()).isNotEqualTo(before.hash());
                assertThat(after.draw(request, Turn.USUAL).join().array().toFloats())
                        .isNotEqualTo(first);
            }
            assertThat(before.draw(request, Turn.USUAL).join().array().toFloats())
                    .containsExactly(first);
        }
    }

    @Test
    void saysThatItIsClosed() {
        Studio studio = Studio.open(run);
        Lease lease = studio.lease(run);
        studio.close();
        studio.close();
        assertThatThrownBy(() -> lease.draw(request, Turn.USUAL))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("This studio is closed");
        assertThatThrownBy(() -> studio.lease(run)).hasMessageContaining("This studio is closed");
        lease.close();
        assertThat(studio.loadedRuns()).isZero();
    }

    @Test
    void leavesNothingBehind() {
        drawAndClose();
        long live = LiveObjects.held();
        drawAndClose();
        assertThat(Scope.liveObjects()).isEqualTo(live);
    }

    private static void drawAndClose() {
        try (Studio studio = Studio.open(run)) {
            studio.draw(request);
            assertThat(studio.loadedMegabytes()).isNotNegative();
        }
    }
}
