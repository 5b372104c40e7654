package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * The numbers of runs are the same on every Java: a table that SplittableRandom of Java 17 and of Java 25 gave. Where
 * this fails, a run of before would go on with other numbers.
 */
class SplitMix64Test {
    private final SplitMix64 random = new SplitMix64(20261129);

    @Test
    void drawsWhatTheFirstRunsDrew() {
        assertThat(LongStream.generate(random::nextLong).limit(4))
                .containsExactly(
                        -6726088176428089538L, -7695477815938805473L, -1057201938502142186L, 22921092513615451L);
        assertThat(numbers(6, 1, 501)).containsExactly(127, 23, 143, 500, 370, 484);
        assertThat(numbers(6, 1, 501)).containsExactly(343, 468, 85, 146, 51, 159);
        assertThat(numbers(6, -2, 2)).containsExactly(0, -2, 1, 0, 1, 0);
        assertThat(numbers(6, 0, 7)).containsExactly(2, 0, 2, 5, 6, 2);
        assertThat(DoubleStream.generate(random::nextDouble).limit(4))
                .containsExactly(0.8715106099539148, 0.5575165571161381, 0.9484702775290373, 0.07979680191770844);
        assertThat(DoubleStream.generate(random::nextGaussian).limit(6))
                .containsExactly(
                        1.512379271796767,
                        0.13970586626680198,
                        0.09222019034396751,
                        0.9294816571549094,
                        -0.856573977739338,
                        0.8285563842525588);
    }

    private List<Integer> numbers(int count, int origin, int bound) {
        return IntStream.generate(() -> random.nextInt(origin, bound))
                .limit(count)
                .boxed()
                .toList();
    }

    /** Rare ways through the algorithms too: hashes of many. */
    @Test
    void drawsManyOfThem() {
        SplitMix64 normal = new SplitMix64(5);
        long gaussians = 0;
        for (int i = 0; i < 1_000_000; i++) {
            gaussians = gaussians * 31 + Double.doubleToLongBits(normal.nextGaussian());
        }
        assertThat(gaussians).isEqualTo(-9020539566647661233L);
        SplitMix64 uniform = new SplitMix64(6);
        long others = 0;
        for (int i = 0; i < 20_000; i++) {
            int bound = i % 2 == 0 ? 3 + i : (1 << 30) + i * 50_003;
            others = others * 31 + uniform.nextInt(bound);
            others = others * 31 + Double.doubleToLongBits(uniform.nextDouble());
        }
        assertThat(others).isEqualTo(-533036769969577568L);
    }

    @Test
    void passesOver() {
        SplitMix64 other = new SplitMix64(20261129);
        IntStream.range(0, 5).forEach(i -> other.nextInt());
        random.skip(5);
        assertThat(random.next()).isEqualTo(other.next());
    }

    @Test
    void refusesAnEmptyRange() {
        assertThatThrownBy(() -> random.nextInt(3, 3)).hasMessageContaining("[3, 3)");
    }
}
