package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LabelsTest {
    /** A vector for each of the hundred thousand classes would take 40 GB. */
    @Test
    void aFarNumberIsAClassLikeTheOthers() {
        Labels labels = Labels.ofNames(List.of("3", "99999", "3"));
        assertThat(labels.names()).hasSize(100_000);
        assertThat(labels.contexts()[1][99_999]).isEqualTo(1);
        assertThat(labels.contexts()[0]).isSameAs(labels.contexts()[2]);
    }
}
