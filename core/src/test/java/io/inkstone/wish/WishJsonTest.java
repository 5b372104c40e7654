package io.inkstone.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.data.Split;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.image.Size;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A wish that is written and read again is the same wish. */
class WishJsonTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property(tries = 300)
    void everyWishIsReadAsItWasWritten(@ForAll("wishes") Wish wish) throws JsonProcessingException {
        assertThat(Wish.of(wish.json().toString())).isEqualTo(wish);
        assertThat(JSON.readValue(JSON.writeValueAsString(wish), Wish.class)).isEqualTo(wish);
    }

    @Provide
    Arbitrary<Wish> wishes() {
        Arbitrary<Wish> draws = Combinators.combine(
                        Arbitraries.integers().between(1, 99).optional(),
                        Arbitraries.longs().between(0, Long.MAX_VALUE - 99).optional(),
                        asked(),
                        samplings(),
                        starts(),
                        means())
                .as((count, seed, asked, sampling, start, means) -> DrawWish.builder()
                        .count(count.map(OptionalInt::of).orElse(OptionalInt.empty()))
                        .seed(seed.map(OptionalLong::of).orElse(OptionalLong.empty()))
                        .asked(asked)
                        .sampling(sampling)
                        .start(start)
                        .means(means)
                        .size(count.map(side -> new Size(side, 8)))
                        .source(seed.map(any -> new Source("/runs/a b", "step-1", "0f")))
                        .build());
        Arbitrary<Wish> edits = Combinators.combine(
                        drawings(), Arbitraries.doubles().between(0, 1), counts(), sizes())
                .flatAs((drawing, strength, count, size) -> Arbitraries.of(
                        new RedrawWish(List.of("a.png", "é,\".png"), strength, in(size, drawing)),
                        new AttributeWish(List.of("a.png"), Map.of("Smi=ling", strength), Optional.of("x")),
                        new InpaintWish(List.of("a.png"), "m.png", count, in(size, drawing)),
                        new VaryWish(List.of("a.png"), count, strength, false, in(size, drawing)),
                        new WalkWish(count, -strength, strength, count, count, drawing.asked()),
                        new DecodeWish("z.npy", count % 2 == 0, drawing.asked()),
                        new ReconstructWish(List.of(), drawing.asked()),
                        new EncodeWish(List.of("a.npy"), Optional.empty(), drawing, count % 2 == 0, false),
                        new EncodeWish(
                                List.of(),
                                Optional.of(new CodedSet("d", Optional.of(Split.TEST), Optional.of("v"), true)),
                                DrawingWish.NOTHING,
                                false,
                                true),
                        new InterpolateWish(List.of(), List.of(1L, -2L), Optional.empty(), true, count, drawing)));
        return Arbitraries.oneOf(draws, edits);
    }

    private static Arbitrary<Optional<Size>> sizes() {
        return Arbitraries.of(new Size(16, 24), new Size(8, 8)).optional();
    }

    private static DrawingWish in(Optional<Size> size, DrawingWish drawing) {
        return new DrawingWish(drawing.seed(), drawing.asked(), drawing.sampling(), size);
    }

    private static Arbitrary<Integer> counts() {
        return Arbitraries.integers().between(2, 40);
    }

    private static Arbitrary<Asked> asked() {
        return Arbitraries.of(
                Asked.NOTHING,
                Asked.NONE,
                new Asked.Labels("\"a, b\",3"),
                Asked.context("hat=0.7,x"),
                Asked.context("c.npy"),
                new Asked.Prompt("a cat, \"red\"\nhat"));
    }

    private static Arbitrary<Start> starts() {
        return Arbitraries.of(
                Start.NOTHING,
                new Start(Optional.of("n.npy"), Optional.empty()),
                new Start(Optional.empty(), Optional.of("z.npy")));
    }

    private static Arbitrary<Means> means() {
        return Arbitraries.of(
                Means.NOTHING,
                new Means(OptionalInt.of(3), Optional.of(SavedRun.Weights.RAW), Optional.of(Precision.BFLOAT16)));
    }

    private static Arbitrary<SamplingWish> samplings() {
        return Combinators.combine(
                        Arbitraries.doubles().between(1.5, 9),
                        Arbitraries.doubles().between(0, 1),
                        Arbitraries.of(SamplerChoice.DDIM, SamplerChoice.DDPM_SMALL, SamplerChoice.HEUN),
                        counts(),
                        Arbitraries.integers().between(0, 3))
                .as((weight, share, sampler, steps, kind) -> switch (kind) {
                    case 0 -> SamplingWish.NOTHING;
                    case 1 ->
                        SamplingWish.builder()
                                .guidance(weight)
                                .guidanceRescale(share)
                                .guidanceInterval("0.3:5")
                                .avoided(Asked.context("hat"))
                                .build();
                    case 2 ->
                        SamplingWish.builder()
                                .sampler(sampler.word())
                                .grid("quadratic")
                                .steps(steps)
                                .threshold(share / 2 + 0.5)
                                .build();
                    default ->
                        SamplingWish.builder()
                                .eta(share)
                                .clamp(steps % 2 == 0)
                                .avoided(new Asked.Prompt("blurry"))
                                .build();
                });
    }

    private static Arbitrary<DrawingWish> drawings() {
        return Combinators.combine(
                        asked(),
                        samplings(),
                        Arbitraries.longs().between(0, 1L << 40).optional())
                .as((asked, sampling, seed) ->
                        new DrawingWish(seed.map(OptionalLong::of).orElse(OptionalLong.empty()), asked, sampling));
    }

    /** The text of a picture of the first version; its keys are read for ever. */
    @Test
    void anOldTextIsRead() {
        DrawWish wish = (DrawWish)
                Wish.of(
                        """
                {"guidance":2.0,"guidanceRescale":0.5,"guidanceInterval":"0.05:9","negative":"bright=0.5",\
                "sampler":"heun","grid":"quadratic","steps":4,"eta":0.0,"clamp":true,"labels":"a,b","count":2,"seed":3,\
                "batch":1,"weights":"raw","precision":"float32",\
                "source":{"run":"RUN","checkpoint":"step","hash":"0"}}""");
        assertThat(wish.sampling().options().guidance().highest()).isEqualTo(9);
        assertThat(wish.sampling().options().steps()).hasValue(4);
        assertThat(wish.asked()).isEqualTo(new Asked.Labels("a,b"));
        assertThat(wish.means().weights()).contains(SavedRun.Weights.RAW);
        assertThat(wish.source()).contains(new Source("RUN", "step", "0"));
        assertThat(Wish.of("{\"command\":\"edit\",\"seed\":0,\"sampler\":\"ddim\",\"steps\":3,\"strength\":0.5,"
                        + "\"images\":[\"a.png\"],\"run\":\"R\",\"checkpoint\":\"c\",\"hash\":\"0\"}"))
                .isInstanceOf(RedrawWish.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"count": 0}                       | 1 picture or more, got 0                | count
                    {"count": "many"}                  | count takes a whole number, got "many"  | count
                    {"count": 1.5}                     | count takes a whole number, got 1.5     | count
                    {"seed": 1e30}                     | seed takes a whole number of 64 bits    | seed
                    {"clamp": 1}                       | clamp takes true or false, got 1        | clamp
                    {"steps": 0}                       | 1 step or more, got 0                   | steps
                    {"eta": 2}                         | lies in [0, 1], got 2.0                 | eta
                    {"batch": 0}                       | 1 picture or more, got 0                | batch
                    {"size": "big"}                    | size: expected a size such as 64        | size
                    {"stepz": 4}                       | no key 'stepz' in a wish. Did you mean steps? | stepz
                    {"sampler": "heum"}                | Did you mean heun?                      |
                    {"precision": "fp16"}              | There is no precision 'fp16'            | precision
                    {"labels": "a", "prompt": "b"}     | exclude each other                      | labels
                    {"noise": "a", "latents": "b"}     | both say what to start from             | noise
                    {"command": "edit"}                | needs the key strength                  | strength
                    {"command": "paint"}               | no command 'paint'                      | command
                    {"command": "walk", "dimension": 0, "count": 1} | count must be 2 or more, got 1 | count
                    {"command": "edit", "strength": 2} | lies in 0 (the picture itself) to 1     | strength
                    """)
    void whatIsWrongIsSaidWithItsKey(String json, String message, String key) {
        assertThatThrownBy(() -> Wish.of(json)).isInstanceOfSatisfying(InputException.class, wrong -> {
            assertThat(wrong).hasMessageContaining(message).hasMessageNotContaining("--");
            assertThat(key == null || wrong.keys().get(0).equals(key))
                    .as("%s", wrong.keys())
                    .isTrue();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "3", "{", "null"})
    void aTextThatIsNoObjectIsNoWish(String text) {
        assertThatThrownBy(() -> Wish.of(text))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("JSON object");
    }
}
