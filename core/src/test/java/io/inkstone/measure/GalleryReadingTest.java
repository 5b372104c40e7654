package io.inkstone.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.evaluate.KeptPictures;
import org.junit.jupiter.api.Test;

class GalleryReadingTest {
    /** Compared as float32, a thousand pictures of 512×512 would take 3 GB. */
    @Test
    void keepsFewerOfLargePictures() {
        assertThat(KeptPictures.paired(3 * 64 * 64)).isEqualTo(1000);
        assertThat(KeptPictures.paired(3 * 512 * 512)).isEqualTo(85);
        assertThat(KeptPictures.paired(3 * 8192 * 8192)).isEqualTo(2);
    }
}
