package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.image.Size;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class EmbeddedTest {
    @ParameterizedTest
    @EnumSource(Embedded.class)
    void everySetHasItsLicenceAndEveryPictureCanBeRead(Embedded embedded) {
        assertThat(embedded.licence()).containsAnyOf("CC0", "MIT License");
        try (DataSet set = embedded.open()) {
            for (int i = 0; i < set.train().count(); i += 97) {
                PictureSet train = set.train();
                assertThat(train.pixels(i).width())
                        .isEqualTo(train.info().size().orElseThrow().width());
                assertThat(train.entry(i).context())
                        .hasSize(train.info().classes().size());
            }
        }
    }

    @Test
    void fashionIsBalanced() {
        try (DataSet set = DataSource.open("fashion-mnist")) {
            assertThat(set.train().count()).isEqualTo(8000);
            assertThat(set.test().orElseThrow().count()).isEqualTo(2000);
            assertThat(set.info().classes())
                    .startsWith("T-shirt/top")
                    .endsWith("Ankle boot")
                    .hasSize(10);
            assertThat(sums(set.train())).containsOnly(800);
            assertThat(sums(set.test().orElseThrow())).containsOnly(200);
        }
        assertThat(DataSource.open("mnist").info().notes().get(0)).contains("in place of MNIST");
    }

    @Test
    void facesHaveAttributesAndCaptions() {
        try (DataSet set = DataSource.open("faces")) {
            DataInfo info = set.info();
            assertThat(info.count()).isEqualTo(900);
            assertThat(set.test().orElseThrow().count()).isEqualTo(100);
            assertThat(info.cropped()).isTrue();
            assertThat(info.exclusive()).isFalse();
            assertThat(info.size()).isEqualTo(Optional.of(new Size(64, 64)));
            assertThat(info.classes()).hasSize(14).contains("Smiling");
            assertThat(set.train().entry(0).caption()).startsWith("a ").contains("face");
        }
    }

    @Test
    void captionsReadLikeSentences() {
        List<String> names = List.of("Smiling", "Glasses", "Black_Hair", "LongHair", "Bald", "Sunglasses");
        assertThat(FaceCaption.of(names, new float[] {1, 1, 1, 1, 0, 0}))
                .isEqualTo("a smiling face with glasses and long black hair");
        assertThat(FaceCaption.of(names, new float[] {0, 1, 0, 0, 1, 1})).isEqualTo("a bald face with sunglasses");
        assertThat(FaceCaption.of(names, new float[6])).isEqualTo("a face");
    }

    private static int[] sums(PictureSet set) {
        int[] sums = new int[set.info().classes().size()];
        for (int i = 0; i < set.count(); i++) {
            for (int k = 0; k < sums.length; k++) {
                sums[k] += (int) set.entry(i).context()[k];
            }
        }
        return sums;
    }
}
