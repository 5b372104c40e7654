package io.inkstone.tensor;

import java.util.Collection;
import java.util.List;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorList;

/** An operator of libtorch by its schema name: the way to kernels that the binding has no method for. */
public final class Operator {
    private final OperatorHandle handle;

    private Operator(OperatorHandle handle) {
        this.handle = handle;
    }

    /**
     * @param name such as {@code aten::_fused_adam_}
     * @param overload such as {@code Scalar}; empty for the first
     */
    public static Operator named(String name, String overload) {
        NativeLibrary.load();
        return new Operator(
                Scope.yielding(() -> Scope.own(Dispatcher.singleton().findSchemaOrThrow(name, overload))));
    }

    /**
     * Calls it with every argument of the schema in order: tensors, collections of tensors, numbers, booleans, or null
     * for "none". For operators that write into their arguments; a result is dropped.
     */
    public void call(Object... arguments) {
        try (Scope scope = Scope.open()) {
            IValueVector stack = new IValueVector();
            for (Object argument : arguments) {
                stack.push_back(value(argument));
            }
            Dispatcher.singleton().callBoxed(handle, stack);
        }
    }

    private static IValue value(Object argument) {
        if (argument == null) {
            return new IValue();
        } else if (argument instanceof Tensor tensor) {
            return new IValue(tensor);
        } else if (argument instanceof Double number) {
            return new IValue(number.doubleValue());
        } else if (argument instanceof Boolean flag) {
            return new IValue(flag.booleanValue());
        } else if (argument instanceof Collection<?> tensors) {
            return list(List.copyOf(tensors));
        }
        throw new IllegalArgumentException("An operator takes no " + argument.getClass() + ".");
    }

    private static IValue list(List<?> tensors) {
        TensorList list = new TensorList();
        list.reserve(tensors.size());
        tensors.forEach(tensor -> list.push_back((Tensor) tensor));
        return new IValue(new GenericList(list));
    }
}
