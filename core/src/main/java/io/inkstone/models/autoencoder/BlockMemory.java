package io.inkstone.models.autoencoder;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.inkstone.InputException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;

/**
 * Whether a training pass computes its blocks twice instead of keeping what is inside them. The gradients are the same;
 * it takes about a third longer and a fraction of the memory.
 */
public enum BlockMemory {
    /**
     * Where a plain pass would take more than a quarter of the machine's memory for the insides of its blocks. Decided when
     * a run starts; its recipe says how, so that it goes on alike anywhere.
     */
    AUTO("auto") {
        @Override
        boolean recomputes(long keptBytes) {
            return keptBytes > MACHINE_BYTES / 4;
        }
    },
    ALWAYS(true) {
        @Override
        boolean recomputes(long keptBytes) {
            return true;
        }
    },
    NEVER(false) {
        @Override
        boolean recomputes(long keptBytes) {
            return false;
        }
    };

    private static final long MACHINE_BYTES = machineBytes();

    private final Object word;

    BlockMemory(Object word) {
        this.word = word;
    }

    @JsonCreator
    static BlockMemory parse(Object value) {
        return Arrays.stream(values())
                .filter(each -> each.word.equals(value))
                .findFirst()
                .orElseThrow(() -> new InputException("expected auto, true or false, got '" + value + "'"));
    }

    @JsonValue
    Object word() {
        return word;
    }

    /** @param keptBytes what a plain pass would keep */
    abstract boolean recomputes(long keptBytes);

    /** A container's limit where there is one. */
    private static long machineBytes() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Runtime.getRuntime().maxMemory();
    }
}
