package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.ClassOrder;
import io.inkstone.data.DataInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The classes that a run knows, and how those of data meet them: by their names.
 *
 * @param root of the run, for messages
 * @param known names by which its model knows them; empty for a model of none
 * @param own names of them in the data that the run was begun with: a recipe may call them otherwise
 */
public record RunClasses(Path root, List<String> known, List<String> own) {
    /** Of a run that lies at {@code directory}, whose model knows {@code known}. */
    static RunClasses of(RunDirectory directory, List<String> known) {
        List<String> own = directory.data().map(KnownData::classes).orElse(known);
        return new RunClasses(directory.root(), known, own.size() == known.size() ? own : known);
    }

    /**
     * The order in which the run counts the classes of {@code data}.
     *
     * @param accepted take other names by their place, if there are as many: somebody said so
     * @return empty where they stay as they are
     * @throws InputException with both lists, if they are not the same classes
     */
    public Optional<ClassOrder> order(DataInfo data, boolean accepted) {
        if (known.isEmpty() || own.equals(data.classes())) {
            return Optional.empty();
        }
        Optional<ClassOrder> order = ClassOrder.ofNames(own, data.classes())
                .or(() -> ClassOrder.ofNames(known, data.classes()))
                .or(() -> ClassOrder.of(known, data.classes()));
        if (order.isEmpty() && accepted && known.size() == data.classes().size()) {
            return Optional.empty();
        }
        return Optional.of(order.orElseThrow(() -> new InputException(Words.of(
                "%s knows %s, the data %s has %s: give the data that it was trained on, or such whose classes have the same names.",
                root,
                ClassOrder.words(own),
                data.name(),
                ClassOrder.words(data.classes()) + ClassOrder.difference(own, data.classes())))));
    }
}
