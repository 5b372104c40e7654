package io.inkstone.weights.pickle;

import io.inkstone.InputException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Stack, marks and memo of a pickle, and what its instructions may do to them: build plain data. It has no way to load or
 * call anything of Python or Java. Bounded by the number of instructions, since each makes at most one object.
 */
final class PickleMachine {
    private static final int MAX_STEPS = 2_000_000;
    private static final int MAX_STACK = 500_000;

    private final PickleInput in;
    private final String file;
    private final List<Py> stack = new ArrayList<>();
    private final Deque<Integer> marks = new ArrayDeque<>();
    private final Map<Long, Py> memo = new HashMap<>();
    private final Set<String> unknown = new TreeSet<>();
    private final Rebuild rebuild;

    PickleMachine(PickleInput in, String file) {
        this.in = in;
        this.file = file;
        this.rebuild = new Rebuild(file);
    }

    /** Runs up to the STOP instruction and hands out what is on top. */
    Py run() {
        PickleOpcodes opcodes = new PickleOpcodes(in, this);
        for (int step = 0; step < MAX_STEPS; step++) {
            int opcode = in.uint8();
            if (opcode == '.') {
                return pop();
            }
            opcodes.execute(opcode);
        }
        throw in.damaged("it has more than " + MAX_STEPS + " instructions");
    }

    /** Names of classes and functions outside the allow-list that the pickle mentioned. */
    Set<String> unknown() {
        return unknown;
    }

    /** The storages that the pickle named, by key. */
    Map<String, Py.Storage> storages() {
        return rebuild.storages();
    }

    void push(Py value) {
        if (stack.size() >= MAX_STACK) {
            throw in.damaged("more than " + MAX_STACK + " values are open at once");
        }
        stack.add(value);
    }

    Py pop() {
        if (stack.size() <= (marks.isEmpty() ? 0 : marks.peek())) {
            throw in.damaged("a value is missing");
        }
        return stack.remove(stack.size() - 1);
    }

    Py top() {
        Py value = pop();
        stack.add(value);
        return value;
    }

    void mark() {
        if (marks.size() >= MAX_STACK) {
            throw in.damaged("it is nested too deeply");
        }
        marks.push(stack.size());
    }

    /** Everything above the last mark, which is removed with it. */
    List<Py> popMark() {
        if (marks.isEmpty()) {
            throw in.damaged("a mark is missing");
        }
        List<Py> above = stack.subList(marks.pop(), stack.size());
        List<Py> values = new ArrayList<>(above);
        above.clear();
        return values;
    }

    void remember(long index) {
        memo.put(index, top());
    }

    void rememberNext() {
        remember(memo.size());
    }

    void recall(long index) {
        Py value = memo.get(index);
        if (value == null) {
            throw in.damaged("it refers to value " + index + ", which was never kept");
        }
        push(value);
    }

    void append(List<Py> values) {
        if (!(top() instanceof Py.Items items)) {
            throw in.damaged("something is appended to what is no list");
        }
        items.values.addAll(values);
    }

    void put(List<Py> keysAndValues) {
        if (!(top() instanceof Py.Dict dict) || keysAndValues.size() % 2 != 0) {
            // a class derived from dict, reconstructed as plain data, may take entries too
            if (top() instanceof Py.Thing && keysAndValues.size() % 2 == 0) {
                return;
            }
            throw in.damaged("entries are set in what is no dictionary");
        }
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            dict.put(keysAndValues.get(i), keysAndValues.get(i + 1));
        }
    }

    void global(String module, String name) {
        Py.Global global = new Py.Global(AllowList.modern(module) + "." + name);
        if (!AllowList.isKnown(global.name())) {
            unknown.add(global.name());
        }
        push(global);
    }

    /** {@code callable(*arguments)}: only for the few whose result is plain data. */
    void reduce() {
        Py arguments = pop();
        Py callable = pop();
        if (!(callable instanceof Py.Global global) || !(arguments instanceof Py.Items items)) {
            throw in.damaged("something that is no function is called");
        }
        push(rebuild.call(global.name(), items.values));
    }

    /** {@code class.__new__(class, …)}: a record of the class's name. */
    void newObject(Py type, List<Py> arguments) {
        if (!(type instanceof Py.Global global)) {
            throw in.damaged("an object has no class");
        }
        push(rebuild.instance(global.name(), arguments));
    }

    /** Sets the state of the object on top; what is no record keeps none. */
    void build() {
        Py state = pop();
        if (top() instanceof Py.Thing thing) {
            if (state instanceof Py.Items pair && pair.values.size() == 2) {
                state = pair.values.get(0) instanceof Py.Dict ? pair.values.get(0) : pair.values.get(1);
            }
            if (state instanceof Py.Dict dict) {
                thing.state = dict;
            }
        }
    }

    void persistent() {
        if (!(pop() instanceof Py.Items items)) {
            throw in.damaged("a storage is named by what is no tuple");
        }
        push(rebuild.persistent(items.values));
    }

    InputException refused(String what) {
        return new InputException(file + " asks for " + what + ", which is never done with weight files.");
    }
}
