package io.inkstone.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.data.source.DataSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HoldOutTest {
    @Test
    void partsTogetherAreTheWholeAndAlwaysTheSame() {
        try (DataSet all = DataSource.open("avatars")) {
            DataSet parts = all.holdingOut(0.1);
            PictureSet held = parts.heldOut().orElseThrow();
            assertThat(held.count()).isEqualTo(400);
            assertThat(parts.train().count()).isEqualTo(3600);
            List<String> names = new ArrayList<>(names(held));
            names.addAll(names(parts.train()));
            assertThat(names).containsExactlyInAnyOrderElementsOf(names(all.train()));
            assertThat(names(all.holdingOut(0.1).heldOut().orElseThrow())).isEqualTo(names(held));
            // Five classes of 800: a random tenth has about 80 of each.
            for (int label = 0; label < 5; label++) {
                int wanted = label;
                assertThat(IntStream.range(0, 400)
                                .filter(i -> held.entry(i).context()[wanted] == 1)
                                .count())
                        .isBetween(50L, 110L);
            }
        }
    }

    @Test
    void aSetThatHoldsOutItsOwnStays() {
        try (DataSet fashion = DataSource.open("fashion-mnist");
                DataSet avatars = DataSource.open("avatars")) {
            assertThat(fashion.holdingOut(0.5)).isSameAs(fashion);
            assertThat(avatars.holdingOut(0)).isSameAs(avatars);
            assertThatThrownBy(() -> avatars.holdingOut(0.0001))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("4000 pictures is 0");
        }
    }

    @Test
    void byItsOwnNameAPictureStaysWhereItIsWhateverIsAdded() {
        PictureSet few = new CountingSet(300, -1);
        PictureSet more = new CountingSet(330, -1);
        List<String> held =
                names(DataSet.of(few).holdingOut(HoldOut.byName(0.2)).heldOut().orElseThrow());
        DataSet parts = DataSet.of(more).holdingOut(HoldOut.byName(0.2));
        List<String> heldOfMore = names(parts.heldOut().orElseThrow());
        assertThat(held).hasSizeBetween(40, 80); // 60 expected, 7 is one deviation
        assertThat(heldOfMore).startsWith(held.toArray(String[]::new));
        assertThat(names(parts.train())).hasSize(330 - heldOfMore.size()).doesNotContainAnyElementsOf(heldOfMore);
        // The first 8 bytes of SHA-256 of "p0" are 169b5b823c62b64c.
        assertThat(HoldOut.ByName.place("p0")).isCloseTo(0.08830806665026603, within(1e-9));
        assertThat(HoldOut.ByName.place("\u00E9")).isEqualTo(HoldOut.ByName.place("e\u0301"));
        assertThatThrownBy(() -> DataSet.of(few).holdingOut(HoldOut.byName(1e-9)))
                .hasMessageContaining("300 pictures is 0");
    }

    /** By hand: SHA-256 of the values, its first 8 bytes as a number in [0, 1). */
    @Test
    void byItsOwnContentAPictureStaysWhateverItIsCalled() throws NoSuchAlgorithmException {
        PictureSet set = new CountingSet(300, -1);
        int[] held = HoldOut.byContent(0.2).of(set);
        for (int i = 0; i < set.count(); i++) {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256").digest(set.pixels(i).data());
            boolean below = (hash[0] & 0xFF) / 256.0 + (hash[1] & 0xFF) / 65536.0 < 0.2;
            assertThat(Arrays.binarySearch(held, i) >= 0).as("picture %d", i).isEqualTo(below);
        }
    }

    private static List<String> names(PictureSet set) {
        return IntStream.range(0, set.count())
                .mapToObj(i -> set.entry(i).name())
                .toList();
    }
}
