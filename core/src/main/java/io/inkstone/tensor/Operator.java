package io.inkstone.tensor;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.DoubleList;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.LongList;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.OperatorHandleOptional;
import org.bytedeco.pytorch.OperatorName;
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

    /** The operator, unless this build of libtorch lacks it. */
    public static Optional<Operator> find(String name, String overload) {
        NativeLibrary.load();
        try (Scope scope = Scope.open()) {
            OperatorHandleOptional found = Dispatcher.singleton().findSchema(new OperatorName(name, overload));
            return found.has_value()
                    ? Optional.of(new Operator(Scope.own(new OperatorHandle(found.get()))))
                    : Optional.empty();
        }
    }

    /**
     * Calls it with every argument of the schema in order: tensors, collections of tensors, numbers, arrays of numbers,
     * booleans, words, or null for "none". For operators that write into their arguments; a result is dropped.
     */
    public void call(Object... arguments) {
        Scope.run(() -> stackAfter(arguments));
    }

    /** The same for operators with one tensor as their result. */
    public Tensor apply(Object... arguments) {
        return Scope.yielding(() -> new Tensor(stackAfter(arguments).get(0).toTensor()));
    }

    private IValueVector stackAfter(Object... arguments) {
        IValueVector stack = new IValueVector();
        // Operators may ask for lists that nobody else holds: our own handles end before the call.
        Scope.run(() -> {
            for (Object argument : arguments) {
                stack.push_back(value(argument));
            }
        });
        Dispatcher.singleton().callBoxed(handle, stack);
        return stack;
    }

    private static IValue value(Object argument) {
        if (argument == null) {
            return new IValue();
        } else if (argument instanceof Tensor tensor) {
            return new IValue(tensor);
        } else if (argument instanceof Double number) {
            return new IValue(number.doubleValue());
        } else if (argument instanceof Integer number) {
            return new IValue(number.longValue());
        } else if (argument instanceof long[] numbers) {
            return list(numbers);
        } else if (argument instanceof double[] numbers && numbers.length == 0) {
            return new IValue(new GenericList(new DoubleList().elementType()));
        } else if (argument instanceof String word) {
            return new IValue(word);
        } else if (argument instanceof Boolean flag) {
            return new IValue(flag.booleanValue());
        } else if (argument instanceof Collection<?> tensors) {
            return list(List.copyOf(tensors));
        }
        throw new IllegalArgumentException("An operator takes no " + argument.getClass() + ".");
    }

    private static IValue list(long[] numbers) {
        GenericList list = new GenericList(new LongList().elementType());
        for (long number : numbers) {
            list.push_back(new IValue(number));
        }
        return new IValue(list);
    }

    private static IValue list(List<?> tensors) {
        TensorList list = new TensorList();
        list.reserve(tensors.size());
        tensors.forEach(tensor -> list.push_back((Tensor) tensor));
        return new IValue(new GenericList(list));
    }
}
