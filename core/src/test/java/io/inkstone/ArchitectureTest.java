package io.inkstone;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import io.inkstone.models.unet.DiffusionNetwork;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The arrows of the house: a package imports only from those left of it. */
class ArchitectureTest {
    /** From left to right; packages of one tier do not import each other unless named in {@link #BESIDE}. */
    private static final List<List<String>> TIERS = List.of(
            List.of(""),
            List.of("array"),
            List.of("tensor"),
            List.of("image", "layers", "condition"),
            List.of("data", "text", "weights"),
            List.of("train", "evaluate"),
            List.of("diffusion"),
            List.of("models"),
            List.of("recipe"),
            List.of("run"),
            List.of("measure"),
            List.of("wish"),
            List.of("studio"));

    private static final Set<String> BESIDE = Set.of();

    private final JavaClasses classes = ProductClasses.all();

    @Test
    void nothingImportsToTheRight() {
        Set<String> wrong = new TreeSet<>();
        for (JavaClass from : classes) {
            for (Dependency dependency : from.getDirectDependenciesFromSelf()) {
                String to = room(dependency.getTargetClass());
                if (to != null && !allowed(room(from), to)) {
                    wrong.add(from.getSimpleName() + " (" + room(from) + ") -> "
                            + dependency.getTargetClass().getSimpleName() + " (" + to + ")");
                }
            }
        }
        assertThat(wrong)
                .as("A room imports only from rooms above it in the drawing of docs/architecture.md")
                .isEmpty();
    }

    /** What the noise is, and how it is removed, is decided without the network, and the network without them. */
    @Test
    void networksKnowNothingOfNoise() {
        noClasses()
                .that()
                .areAssignableTo(DiffusionNetwork.class)
                .or()
                .resideInAPackage("..models.unet..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.inkstone.diffusion..")
                .check(classes);
    }

    /** The seats are known to those who fill them, never the other way round. */
    @Test
    void seatsDoNotKnowWhoFillsThem() {
        noClasses()
                .that()
                .resideInAPackage("io.inkstone.diffusion")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.inkstone.diffusion.*..")
                .check(classes);
    }

    @Test
    void thereAreNoCycles() {
        slices().matching("io.inkstone.(*)..").should().beFreeOfCycles().check(classes);
    }

    @Test
    void namesSayWhatThingsAre() {
        assertThat(classes.stream().map(JavaClass::getSimpleName))
                .as("A name that says what the class is, not that it helps")
                .noneMatch(name -> name.matches(".*(Utils?|Helper|Impl|Manager)$"));
    }

    private static boolean allowed(String from, String to) {
        return from.equals(to) || tier(to) < tier(from) || BESIDE.contains(from + "->" + to);
    }

    private static int tier(String room) {
        for (int i = 0; i < TIERS.size(); i++) {
            if (TIERS.get(i).contains(room)) {
                return i;
            }
        }
        throw new AssertionError("The package io.inkstone." + room
                + " has no place in the house yet: give it one in TIERS, and in the drawing of docs/architecture.md.");
    }

    /** The first package name below io.inkstone; null for classes of others. */
    private static String room(JavaClass type) {
        String name = type.getPackageName();
        if (!name.equals("io.inkstone") && !name.startsWith("io.inkstone.")) {
            return null;
        }
        String rest = name.substring("io.inkstone".length());
        return rest.isEmpty() ? "" : rest.substring(1).split("\\.")[0];
    }
}
