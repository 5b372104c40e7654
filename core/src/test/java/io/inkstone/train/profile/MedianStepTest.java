package io.inkstone.train.profile;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.train.Stage;
import io.inkstone.train.profile.StepProfile.LayerTime;
import io.inkstone.train.profile.StepProfile.Operation;
import io.inkstone.train.profile.StepProfile.Pass;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MedianStepTest {
    private static StepProfile step(double first, double second) {
        return new StepProfile(
                first + second,
                0,
                1,
                7,
                Map.of(Stage.FORWARD, first + second),
                List.of(operation("[1]", first), operation("[2]", second)),
                List.of(layer("a", first), layer("b", second)));
    }

    private static Operation operation(String shape, double milliseconds) {
        return new Operation(Pass.FORWARD, "Conv2d", "", shape, 1, milliseconds, 3);
    }

    private static LayerTime layer(String name, double milliseconds) {
        return new LayerTime(name, "Conv2d", "[1]", milliseconds, 2 * milliseconds, 3, 6);
    }

    /** Each step is held up elsewhere: none of them is the profile. */
    @Test
    void whatHeldASingleStepUpIsNotSeen() {
        StepProfile profile =
                new MedianStep(List.of(step(1, 20), step(1, 2), step(10, 2))).profile(List.of(5.0, 4.0, 90.0));
        assertThat(profile.operations()).containsExactly(operation("[2]", 2), operation("[1]", 1));
        assertThat(profile.layers()).containsExactly(layer("b", 2), layer("a", 1));
        assertThat(profile.stages()).containsEntry(Stage.FORWARD, 12.0).containsEntry(Stage.DATA, 0.0);
        assertThat(profile.milliseconds()).isEqualTo(12);
        assertThat(profile.plainMilliseconds()).isEqualTo(5);
        assertThat(profile.steps()).isEqualTo(3);
        assertThat(profile.batch()).isEqualTo(7);
    }
}
