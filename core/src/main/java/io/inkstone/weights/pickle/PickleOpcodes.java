package io.inkstone.weights.pickle;

import io.inkstone.Words;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The instructions of pickle protocols 0 to 5, by the letters of Python's pickletools. */
final class PickleOpcodes {
    private final PickleInput in;
    private final PickleMachine machine;

    PickleOpcodes(PickleInput in, PickleMachine machine) {
        this.in = in;
        this.machine = machine;
    }

    void execute(int opcode) {
        if (!number(opcode) && !text(opcode) && !stack(opcode) && !container(opcode) && !object(opcode)) {
            throw in.damaged(Words.of("the instruction 0x%02x is unknown or not allowed", opcode));
        }
    }

    private boolean number(int opcode) {
        switch (opcode) {
            case 'N' -> machine.push(Py.None.NONE);
            case 0x88 -> machine.push(new Py.Truth(true));
            case 0x89 -> machine.push(new Py.Truth(false));
            case 'J' -> machine.push(Py.Whole.of(in.int32()));
            case 'K' -> machine.push(Py.Whole.of(in.uint8()));
            case 'M' -> machine.push(Py.Whole.of(in.uint16()));
            case 0x8a -> machine.push(new Py.Whole(in.whole(in.uint8())));
            case 0x8b -> machine.push(new Py.Whole(in.whole(in.uint32())));
            case 'G' -> machine.push(new Py.Real(in.bigEndianDouble()));
            case 'F' -> machine.push(new Py.Real(real(in.line())));
            case 'L' -> machine.push(new Py.Whole(in.decimal(in.line())));
            case 'I' -> {
                String line = in.line();
                boolean truth = line.equals("00") || line.equals("01");
                machine.push(truth ? new Py.Truth(line.equals("01")) : new Py.Whole(in.decimal(line)));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private double real(String line) {
        try {
            return Double.parseDouble(line);
        } catch (NumberFormatException e) {
            throw in.damaged("a number was expected");
        }
    }

    private boolean text(int opcode) {
        switch (opcode) {
            case 'X' -> machine.push(new Py.Text(in.text(in.uint32())));
            case 0x8c -> machine.push(new Py.Text(in.text(in.uint8())));
            case 0x8d -> machine.push(new Py.Text(in.text(in.int64())));
            case 'V' -> machine.push(new Py.Text(in.line()));
            case 'S' -> machine.push(new Py.Text(unquoted(in.line())));
            case 'T' -> machine.push(latin(in.uint32()));
            case 'U' -> machine.push(latin(in.uint8()));
            case 'B' -> machine.push(new Py.Bytes(in.bytes(in.uint32())));
            case 'C' -> machine.push(new Py.Bytes(in.bytes(in.uint8())));
            case 0x8e, 0x96 -> machine.push(new Py.Bytes(in.bytes(in.int64())));
            default -> {
                return false;
            }
        }
        return true;
    }

    private Py.Text latin(long length) {
        return new Py.Text(new String(in.bytes(length), StandardCharsets.ISO_8859_1));
    }

    private static String unquoted(String line) {
        boolean quoted = line.length() >= 2 && (line.charAt(0) == '\'' || line.charAt(0) == '"');
        return quoted ? line.substring(1, line.length() - 1) : line;
    }

    private boolean stack(int opcode) {
        switch (opcode) {
            case 0x80 -> {
                int protocol = in.uint8();
                if (protocol > 5) {
                    throw in.damaged("it has pickle protocol " + protocol + "; up to 5 can be read");
                }
            }
            case 0x95 -> in.int64();
            case '(' -> machine.mark();
            case '0' -> machine.pop();
            case '1' -> machine.popMark();
            case '2' -> machine.push(machine.top());
            case 'g' -> machine.recall(in.decimal(in.line()).longValue());
            case 'h' -> machine.recall(in.uint8());
            case 'j' -> machine.recall(in.uint32());
            case 'p' -> machine.remember(in.decimal(in.line()).longValue());
            case 'q' -> machine.remember(in.uint8());
            case 'r' -> machine.remember(in.uint32());
            case 0x94 -> machine.rememberNext();
            default -> {
                return false;
            }
        }
        return true;
    }

    private boolean container(int opcode) {
        switch (opcode) {
            case ')', ']', 0x8f -> machine.push(Py.items());
            case 't', 'l', 0x91 -> machine.push(new Py.Items(machine.popMark()));
            case 0x85 -> tuple(1);
            case 0x86 -> tuple(2);
            case 0x87 -> tuple(3);
            case 'a' -> machine.append(List.of(machine.pop()));
            case 'e', 0x90 -> machine.append(machine.popMark());
            case '}' -> machine.push(new Py.Dict());
            case 'd' -> {
                List<Py> entries = machine.popMark();
                machine.push(new Py.Dict());
                machine.put(entries);
            }
            case 's' -> {
                Py value = machine.pop();
                machine.put(List.of(machine.pop(), value));
            }
            case 'u' -> machine.put(machine.popMark());
            default -> {
                return false;
            }
        }
        return true;
    }

    private void tuple(int size) {
        Py[] values = new Py[size];
        for (int i = size - 1; i >= 0; i--) {
            values[i] = machine.pop();
        }
        machine.push(new Py.Items(new ArrayList<>(Arrays.asList(values))));
    }

    private boolean object(int opcode) {
        switch (opcode) {
            case 'c' -> machine.global(in.line(), in.line());
            case 0x93 -> {
                Py name = machine.pop();
                if (!(name instanceof Py.Text word) || !(machine.pop() instanceof Py.Text module)) {
                    throw in.damaged("a class has no name");
                }
                machine.global(module.value(), word.value());
            }
            case 'R' -> machine.reduce();
            case 0x81 -> {
                Py arguments = machine.pop();
                machine.newObject(machine.pop(), arguments instanceof Py.Items items ? items.values : List.of());
            }
            case 0x92 -> {
                machine.pop();
                machine.pop();
                machine.newObject(machine.pop(), List.of());
            }
            case 'b' -> machine.build();
            case 'Q' -> machine.persistent();
            case 'i' -> throw machine.refused("an instance of " + in.line() + "." + in.line());
            case 'o', 0x82, 0x83, 0x84 -> throw machine.refused("a call by an old or private instruction");
            default -> {
                return false;
            }
        }
        return true;
    }
}
