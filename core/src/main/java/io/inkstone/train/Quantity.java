package io.inkstone.train;

import java.util.List;

/**
 * What some of an objective's losses measure. Those of one quantity are drawn on one axis.
 *
 * @param title of that axis, such as "losses"
 * @param unit such as "nats"; empty where it has none
 * @param names under which they are logged
 */
public record Quantity(String title, String unit, List<String> names) {
    public static final String NATS = "nats";

    public Quantity {
        names = List.copyOf(names);
    }

    /** One loss that has an axis to itself. */
    public static Quantity of(String name, String unit) {
        return new Quantity(name, unit, List.of(name));
    }
}
