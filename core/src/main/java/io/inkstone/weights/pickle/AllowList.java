package io.inkstone.weights.pickle;

import io.inkstone.array.DType;
import java.util.Map;
import java.util.Set;

/** The few classes and functions that a weight file may name. Knowing a name never means calling it: see {@link Rebuild}. */
final class AllowList {
    private static final Map<String, DType> STORAGES = Map.ofEntries(
            Map.entry("BoolStorage", DType.BOOL),
            Map.entry("ByteStorage", DType.UINT8),
            Map.entry("CharStorage", DType.INT8),
            Map.entry("ShortStorage", DType.INT16),
            Map.entry("IntStorage", DType.INT32),
            Map.entry("LongStorage", DType.INT64),
            Map.entry("HalfStorage", DType.FLOAT16),
            Map.entry("BFloat16Storage", DType.BFLOAT16),
            Map.entry("FloatStorage", DType.FLOAT32),
            Map.entry("DoubleStorage", DType.FLOAT64),
            Map.entry("UntypedStorage", DType.UINT8),
            Map.entry("TypedStorage", DType.UINT8));

    private static final Map<String, DType> TYPES = Map.ofEntries(
            Map.entry("torch.bool", DType.BOOL),
            Map.entry("torch.uint8", DType.UINT8),
            Map.entry("torch.int8", DType.INT8),
            Map.entry("torch.uint16", DType.UINT16),
            Map.entry("torch.int16", DType.INT16),
            Map.entry("torch.uint32", DType.UINT32),
            Map.entry("torch.int32", DType.INT32),
            Map.entry("torch.uint64", DType.UINT64),
            Map.entry("torch.int64", DType.INT64),
            Map.entry("torch.float8_e4m3fn", DType.FLOAT8_E4M3),
            Map.entry("torch.float8_e5m2", DType.FLOAT8_E5M2),
            Map.entry("torch.float8_e4m3fnuz", DType.FLOAT8_E4M3FNUZ),
            Map.entry("torch.float8_e5m2fnuz", DType.FLOAT8_E5M2FNUZ),
            Map.entry("torch.float8_e8m0fnu", DType.FLOAT8_E8M0),
            Map.entry("torch.float16", DType.FLOAT16),
            Map.entry("torch.bfloat16", DType.BFLOAT16),
            Map.entry("torch.float32", DType.FLOAT32),
            Map.entry("torch.float64", DType.FLOAT64));

    private static final Set<String> CONTAINERS =
            Set.of("builtins.set", "builtins.frozenset", "builtins.list", "builtins.tuple", "torch.Size");

    private static final Set<String> DICTIONARIES =
            Set.of("collections.OrderedDict", "builtins.dict", "collections.defaultdict");

    /** What training frameworks leave beside the weights; kept as nameless records and left out of the set. */
    private static final Set<String> INERT = Set.of(
            "torch.device",
            "torch.serialization._get_layout",
            "numpy.core.multiarray.scalar",
            "numpy._core.multiarray.scalar",
            "numpy.dtype",
            "pytorch_lightning.callbacks.model_checkpoint.ModelCheckpoint",
            "pytorch_lightning.utilities.parsing.AttributeDict",
            "argparse.Namespace",
            "builtins.object",
            "builtins.int",
            "builtins.float",
            "builtins.bool",
            "builtins.str",
            "builtins.complex");

    private static final Set<String> FUNCTIONS = Set.of(
            "torch._utils._rebuild_tensor",
            "torch._utils._rebuild_tensor_v2",
            "torch._utils._rebuild_tensor_v3",
            "torch._utils._rebuild_parameter",
            "torch._utils._rebuild_parameter_with_state",
            "torch._tensor._rebuild_from_type_v2",
            "torch.nn.parameter.Parameter",
            "torch.Tensor",
            "torch.jit._pickle.restore_type_tag",
            "torch.jit._pickle.build_intlist",
            "torch.jit._pickle.build_doublelist",
            "torch.jit._pickle.build_boollist",
            "torch.jit._pickle.build_tensorlist",
            "_codecs.encode",
            "copyreg._reconstructor");

    private AllowList() {}

    /** Python 2's names of modules by their names of today. */
    static String modern(String module) {
        return switch (module) {
            case "__builtin__" -> "builtins";
            case "copy_reg" -> "copyreg";
            default -> module;
        };
    }

    static boolean isKnown(String name) {
        return storage(name) != null
                || TYPES.containsKey(name)
                || CONTAINERS.contains(name)
                || DICTIONARIES.contains(name)
                || INERT.contains(name)
                || FUNCTIONS.contains(name);
    }

    /** The element type of a torch storage class; null for anything else. */
    static DType storage(String name) {
        int dot = name.lastIndexOf('.');
        String module = name.substring(0, dot);
        boolean torch = module.equals("torch") || module.equals("torch.storage") || module.equals("torch.cuda");
        return torch ? STORAGES.get(name.substring(dot + 1)) : null;
    }

    /** The element type of a torch dtype; null for anything else. */
    static DType elementType(String name) {
        return TYPES.get(name);
    }

    static boolean isContainer(String name) {
        return CONTAINERS.contains(name);
    }

    static boolean isDictionary(String name) {
        return DICTIONARIES.contains(name);
    }

    static boolean isInert(String name) {
        return INERT.contains(name);
    }
}
