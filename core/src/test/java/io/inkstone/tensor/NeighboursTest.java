package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Who else uses our processors. What waiting otherwise gives is measured, not tested: docs/performance.md. */
class NeighboursTest {
    private static final List<String> BEFORE = List.of(
            "cpu  900 0 90 9000 5 0 1 0 0 0",
            "cpu0 500 0 50 4000 5 0 1 0 0 0",
            "cpu1 400 0 40 5000 0 0 0 0 0 0",
            "intr 5");

    @Test
    void processorsAreThoseOfTheProcess() {
        assertThat(Neighbours.allowed(List.of("Name:\tjava", "Cpus_allowed:\t3f", "Cpus_allowed_list:\t0-2,5")))
                .isEqualTo(BitSet.valueOf(new long[] {0b100111}));
    }

    @Test
    void othersAreWhatIsNotOurs() {
        List<String> after = List.of(
                "cpu  1050 0 100 9030 5 0 1 0 0 0",
                "cpu0 550 0 55 4030 9 0 1 0 0 0",
                "cpu1 490 0 50 5000 0 0 0 0 0 0",
                "intr 9");
        assertThat(others(after, BitSet.valueOf(new long[] {0b11}))).isEqualTo(1.55 - 0.9, within(1e-9));
        assertThat(others(after, BitSet.valueOf(new long[] {0b10}))).isEqualTo(1 - 0.9, within(1e-9));
    }

    private static double others(List<String> after, BitSet processors) {
        String ours = "77 (a name) x) S 1 2 3 4 5 6 7 8 9 10 %d %d 0 0 20";
        Neighbours.Sample first =
                Neighbours.Sample.of(0, BEFORE, ours.replaceFirst("%d", "100").replaceFirst("%d", "10"), processors);
        Neighbours.Sample second = Neighbours.Sample.of(
                1_000_000_000, after, ours.replaceFirst("%d", "185").replaceFirst("%d", "15"), processors);
        return second.othersSince(first);
    }

    @Test
    void whoComesAndGoesALittleChangesNothing() {
        assertThat(Neighbours.isCrowded(false, 0.2)).isFalse();
        assertThat(Neighbours.isCrowded(false, 0.3)).isTrue();
        assertThat(Neighbours.isCrowded(true, 0.2)).isTrue();
        assertThat(Neighbours.isCrowded(true, 0.05)).isFalse();
    }

    /** Threads sleep while others are at work, but not beside kernels that spin; there it is said, once it lasts. */
    @Test
    void nobodySleepsBesideSpinningKernels() {
        Neighbours neighbours = new Neighbours(true);
        assertThat(neighbours.meet(0.5)).isTrue();
        assertThat(Neighbours.slowSteps()).isFalse();
        Neighbours.besideSpinningKernels();
        for (int half = 0; half < 20; half++) {
            assertThat(neighbours.meet(0.5)).isFalse();
        }
        assertThat(Neighbours.slowSteps()).isEqualTo(torch.get_num_threads() > 1);
        assertThat(neighbours.meet(0)).isFalse();
        assertThat(Neighbours.slowSteps()).isFalse();
    }

    @Test
    void nobodySleepsWhereSomebodySaidHowToWait() {
        assertThat(new Neighbours(false).meet(0.5)).isFalse();
    }
}
