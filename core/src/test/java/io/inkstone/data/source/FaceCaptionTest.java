package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaceCaptionTest {
    private static final List<String> NAMES =
            List.of("Smiling", "Glasses", "Black_Hair", "LongHair", "Bald", "Sunglasses", "Beard", "Mustache");
    private static final float[] FACE = {1, 1, 1, 1, 0, 0, 1, 0};

    @Test
    void saysOneFaceInSeveralForms() {
        List<String> captions = FaceCaption.ofTraining("a.jpg", NAMES, FACE);
        assertThat(captions).hasSize(5).doesNotHaveDuplicates();
        assertThat(captions.get(0)).isEqualTo("a smiling face with glasses, long black hair and a beard");
        assertThat(captions).allMatch(words -> words.contains("long black hair") && words.contains("a beard"));
        assertThat(captions).allMatch(words -> words.contains("smil"));
        assertThat(captions).isEqualTo(FaceCaption.ofTraining("a.jpg", NAMES, FACE));
        List<String> others = FaceCaption.ofTraining("b.jpg", NAMES, FACE);
        assertThat(others.get(0)).isEqualTo(captions.get(0));
        assertThat(others).isNotEqualTo(captions);
        assertThat(FaceCaption.ofTraining("a.jpg", NAMES, new float[8]))
                .containsExactly("a face", "portrait of a person", "face", "a person", "a drawn face");
    }

    @Test
    void heldOutFormsTurnTheWordsAround() {
        List<String> captions = FaceCaption.heldOut("a.jpg", NAMES, FACE);
        assertThat(captions).hasSize(2).allMatch(words -> words.contains("hair long and black"));
        assertThat(captions).anyMatch(words -> words.startsWith("with ") && words.endsWith(", a smiling face"));
        assertThat(captions).anyMatch(words -> words.startsWith("having ") && words.endsWith(", a person who smiles"));
        assertThat(FaceCaption.heldOut("a.jpg", NAMES, new float[8])).containsExactlyInAnyOrder("a face", "a person");
    }

    /** Every word of the held-out captions occurs in training, and none of their sentences with two things or more does. */
    @Test
    void heldOutOrdersAreNew() {
        try (DataSet faces = Embedded.FACES.open()) {
            List<String> training = captions(faces.train());
            List<String> heldOut = captions(faces.test().orElseThrow());
            assertThat(words(training)).containsAll(words(heldOut));
            assertThat(training).noneMatch(words -> words.startsWith("with ") || words.startsWith("having "));
            Set<String> known = new HashSet<>(training);
            assertThat(heldOut.stream().filter(words -> words.contains(" and ")))
                    .isNotEmpty()
                    .noneMatch(known::contains);
        }
    }

    private static List<String> captions(PictureSet set) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < set.count(); i++) {
            all.addAll(set.entry(i).captions());
        }
        return all;
    }

    private static Set<String> words(List<String> texts) {
        Set<String> all = new HashSet<>();
        texts.forEach(text -> all.addAll(List.of(text.split("[ ,]+"))));
        return all;
    }
}
