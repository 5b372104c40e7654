package io.inkstone.weights.pickle;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.array.AtomicFile;
import io.inkstone.array.StoredZip;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pickles written by hand to hurt: each must end in a sentence, soon and in little memory. */
class HostilePickleTest {
    private static final String STORAGE = "((Vstorage\nctorch\nFloatStorage\nV0\nVcpu\nI4\ntQ";

    @TempDir
    Path folder;

    private void refused(String pickle, String why) throws IOException {
        refused(pickle.getBytes(StandardCharsets.ISO_8859_1), why);
    }

    private void refused(byte[] pickle, String why) throws IOException {
        Path path = folder.resolve("x.pth");
        AtomicFile.write(path, out -> {
            try (StoredZip zip = new StoredZip(out)) {
                zip.add("../../evil/data.pkl", ByteBuffer.wrap(pickle));
                zip.add("../../evil/data/0", ByteBuffer.allocate(16));
            }
        });
        // Soon enough on any machine, and a reader that would never end fails here instead of hanging.
        Assertions.assertTimeoutPreemptively(Duration.ofMinutes(1), () -> assertThatThrownBy(() -> TorchFile.read(path))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(why));
    }

    private static String tensor(String offset, String shape, String strides) {
        return "(dVw\nctorch._utils\n_rebuild_tensor_v2\n" + STORAGE + "I" + offset + "\n(" + shape + "t(" + strides
                + "tI00\nNtRs.";
    }

    @Test
    void calls() throws IOException {
        refused("cos\nsystem\n(Vls\ntR.", "os.system");
        refused("(dVa\ncbuiltins\neval\ns.", "builtins.eval");
        refused("cbuiltins\ngetattr\n(Va\nVb\ntR.", "builtins.getattr");
        refused("(Vls\nios\nsystem\n.", "os.system");
        refused("(cos\nsystem\nVls\no.", "old or private");
        refused("c__main__\nEvil\n)\u0081.", "__main__.Evil");
        refused("ctorch._tensor\n_rebuild_from_type_v2\n(cos\nsystem\nN(Vls\ntNtR.", "os.system");
        // a whole module may name unknown classes, but even there nothing is called
        refused("c__main__\nNet\n)\u0081(dV_modules\n(dsV_parameters\n(dVw\ncos\nsystem\n(Vls\ntRssb.", "os.system");
    }

    @Test
    void tensorsOutsideTheirStorage() throws IOException {
        refused(tensor("0", "I5\n", "I1\n"), "element 4 of a storage of 4");
        refused(tensor("4", "I1\n", "I1\n"), "element 4");
        refused(tensor("-1", "I1\n", "I1\n"), "a size was expected");
        refused(tensor("0", "I2\n", "I-1\n"), "a size was expected");
        refused(tensor("0", "I4611686018427387903\nI3\n", "I0\nI0\n"), "larger than any file");
        refused(tensor("0", "I3\nI3\n", "I4611686018427387903\nI4611686018427387903\n"), "larger than any file");
        refused(tensor("0", "I1000000000\n", "I0\n"), "more memory than the whole file");
        refused(tensor("0", "I2\n", ""), "1 sizes and 0 strides");
    }

    @Test
    void brokenMachines() throws IOException {
        refused("", "cut short");
        refused(".", "a value is missing");
        refused("(.", "a value is missing");
        refused("t.", "a mark is missing");
        refused("g5\n.", "never kept");
        refused("\u0080\u0009.", "protocol 9");
        refused("X\u00ff\u00ff\u00ff\u00ff.", "cut short");
        refused("\u008d\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff.", "cut short");
        refused("\u008b\u00ff\u00ff\u00ff\u007f.", "a number has");
        refused("L" + "9".repeat(5000) + "\n.", "digits");
        refused("Va\nVb\na.", "no list");
        refused("N}b.", "a single value");
        refused("]q\u0000h\u0000a.", "a list");
        refused("(".repeat(3_000_000), "nested too deeply");
        refused("]0".repeat(3_000_000), "instructions");
    }

    @Test
    void modulesInsideThemselves() throws IOException {
        refused("c__main__\nNet\n)\u0081q\u0000(dV_parameters\n(dsV_modules\n(dVa\nh\u0000ssb.", "contains itself");
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        // each module holds the one before twice: 2⁶⁰ paths in a few kilobytes
        String module = "c__main__\nNet\n)\u0081(dV_parameters\n(dsV_modules\n(d";
        bomb.writeBytes((module + "sbq\u0000").getBytes(StandardCharsets.ISO_8859_1));
        for (int i = 0; i < 60; i++) {
            bomb.writeBytes((module + "Va\nh\u0000sVb\nh\u0000ssbq\u0000").getBytes(StandardCharsets.ISO_8859_1));
        }
        bomb.write('.');
        refused(bomb.toByteArray(), "contains itself");
    }
}
