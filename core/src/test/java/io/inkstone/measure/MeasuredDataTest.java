package io.inkstone.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.PictureSet;
import io.inkstone.image.Pixels;
import io.inkstone.recipe.DataConfig;
import io.inkstone.recipe.Recipes;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MeasuredDataTest {
    /** Four pictures of 8×8 that know whether they were closed. */
    private static final class Four implements PictureSet {
        private boolean closed;

        @Override
        public DataInfo info() {
            return DataInfo.of("four", 4, Optional.of(new DataInfo.Side(8, 8)), 1);
        }

        @Override
        public Pixels pixels(int index) {
            return Pixels.filled(8, 8, 0x010101 * index);
        }

        @Override
        public Entry entry(int index) {
            return Entry.of("p" + index);
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    /** A tenth of four pictures is none: whoever goes on after the refusal holds no open file. */
    @Test
    void dataThatDoNotFitAreClosedAgain() {
        DataConfig tenth = Recipes.load("sprites", List.of("data.holdOut=0.1", "data.size=8", "data.channels=1"))
                .data();
        Four pictures = new Four();
        assertThatThrownBy(() -> MeasuredData.of(DataSet.of(pictures), tenth, Optional.empty()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("0.1 of 4 pictures is 0");
        assertThat(pictures.closed).isTrue();
    }
}
