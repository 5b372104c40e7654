package io.inkstone.weights.pickle;

import io.inkstone.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Instructions in random order, from every kind that the machine knows: it ends with data or with a sentence. */
class RandomPickleTest {
    private static final int TRIES = Integer.getInteger("inkstone.fuzz", 2000) * 5;

    private static final String[] WORDS = {
        "N",
        "\u0088",
        "\u0089",
        "K\u0001",
        "J\u0001\u0000\u0000\u0000",
        "\u008a\u0001\u0002",
        "I01\n",
        "L5L\n",
        "F1.5\n",
        "Vstorage\n",
        "V_modules\n",
        "V_parameters\n",
        "U\u0001x",
        "C\u0001x",
        "]",
        "}",
        ")",
        "\u008f",
        "(",
        "(",
        "t",
        "l",
        "d",
        "\u0085",
        "\u0086",
        "\u0087",
        "a",
        "e",
        "s",
        "u",
        "\u0090",
        "\u0091",
        "0",
        "1",
        "2",
        "q\u0000",
        "h\u0000",
        "\u0094",
        "ccollections\nOrderedDict\n",
        "ctorch._utils\n_rebuild_tensor_v2\n",
        "ctorch\nFloatStorage\n",
        "ctorch._utils\n_rebuild_parameter\n",
        "ctorch._tensor\n_rebuild_from_type_v2\n",
        "cx\nNet\n",
        "R",
        "\u0081",
        "b",
        "Q",
        "cbuiltins\nset\n",
        "ccopyreg\n_reconstructor\n",
        "c_codecs\nencode\n",
        "\u0092",
        "\u0093",
        "ctorch\nSize\n",
        "((Vstorage\nctorch\nFloatStorage\nV0\nVcpu\nK\u0004tQK\u0000K\u0004\u0085K\u0001\u0085\u0089Nt"
    };

    @Property(tries = 1)
    void neverAnythingButASentence(@ForAll long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < TRIES; i++) {
            StringBuilder pickle = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                pickle.append(WORDS[random.nextInt(WORDS.length)]);
            }
            byte[] bytes = pickle.append('.').toString().getBytes(StandardCharsets.ISO_8859_1);
            try {
                PickleMachine machine = new PickleMachine(new PickleInput(ByteBuffer.wrap(bytes), "x"), "x");
                Map<String, Py.Tensor> tensors = new HashMap<>();
                new StateFinder("x", machine.unknown()).find(machine.run(), tensors);
            } catch (InputException e) {
                // the sentence that was wanted
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", try " + i + ": " + pickle, e);
            }
        }
    }
}
