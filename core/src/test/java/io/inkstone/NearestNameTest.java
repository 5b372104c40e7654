package io.inkstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {
    @Test
    void fewestChanges() {
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.of("wdith", List.of("depth", "width", "height"))).contains("width");
        assertThat(NearestName.of("xyz", List.of("betaStart", "channels"))).isEmpty();
        assertThat(NearestName.suggestion("Batch", List.of("batch"))).isEqualTo(" Did you mean batch?");
        assertThat(NearestName.of("a", List.of())).isEmpty();
    }
}
