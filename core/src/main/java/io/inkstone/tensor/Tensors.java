package io.inkstone.tensor;

import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.AbstractTensor;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The way between Java arrays and tensors, and the few operators whose binding is awkward. */
public final class Tensors {
    private static final Map<DType, ScalarType> TYPES = new EnumMap<>(Map.of(
            DType.FLOAT32, ScalarType.Float,
            DType.BFLOAT16, ScalarType.BFloat16,
            DType.FLOAT16, ScalarType.Half,
            DType.FLOAT64, ScalarType.Double,
            DType.INT64, ScalarType.Long,
            DType.UINT8, ScalarType.Byte));

    private Tensors() {}

    /** A float32 tensor over a copy of {@code values}, C order. */
    public static Tensor of(float[] values, long... shape) {
        NativeLibrary.load();
        return AbstractTensor.create(values, shape);
    }

    /** An int64 tensor. */
    public static Tensor of(long[] values, long... shape) {
        NativeLibrary.load();
        return AbstractTensor.create(values, shape);
    }

    /** A tensor of the array's type over a copy of its data; types that libtorch lacks become float32. */
    public static Tensor of(NdArray array) {
        ScalarType type = TYPES.get(array.type());
        return type == null ? of(array.toFloats(), array.shape()) : copyOf(array, type);
    }

    /** Whether tensors of this element type are made as they are; others become float32. */
    public static boolean holds(DType type) {
        return TYPES.containsKey(type);
    }

    /** Writes the elements of a tensor, little-endian and in C order, into its memory. */
    @FunctionalInterface
    public interface Writer {
        void write(ByteBuffer target) throws IOException;
    }

    /** A tensor of a type that {@link #holds} allows, whose memory {@code values} fills: at most 2 GB. */
    public static Tensor read(DType type, long[] shape, Writer values) throws IOException {
        NativeLibrary.load();
        Tensor tensor = torch.empty(shape, new TensorOptions(TYPES.get(type)), new MemoryFormatOptional());
        if (tensor.nbytes() > 0) {
            values.write(
                    new BytePointer(tensor.data_ptr()).capacity(tensor.nbytes()).asByteBuffer());
        }
        return tensor;
    }

    /** A uint8 tensor over a copy of the buffer's remaining bytes. */
    public static Tensor ofBytes(ByteBuffer bytes, long... shape) {
        return copyOf(new NdArray(DType.UINT8, shape, bytes.slice()), ScalarType.Byte);
    }

    /** A uint8 tensor of a direct buffer's remaining bytes themselves: of use only while the buffer lives and holds what it held. */
    public static Tensor overBytes(ByteBuffer bytes, long... shape) {
        NativeLibrary.load();
        return torch.from_blob(new BytePointer(bytes), shape, new TensorOptions(ScalarType.Byte));
    }

    private static Tensor copyOf(NdArray array, ScalarType type) {
        NativeLibrary.load();
        Tensor tensor = torch.empty(array.shape(), new TensorOptions(type), new MemoryFormatOptional());
        ByteBuffer target =
                new BytePointer(tensor.data_ptr()).capacity(tensor.nbytes()).asByteBuffer();
        target.put(array.data());
        return tensor;
    }

    /** The values in C order, converted to float32, from any device and memory format. */
    public static float[] toFloats(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            Tensor plain = ComputeDevice.CPU
                    .place(tensor.detach())
                    .to(ScalarType.Float)
                    .contiguous();
            float[] values = new float[Math.toIntExact(plain.numel())];
            new FloatPointer(plain.data_ptr()).capacity(values.length).get(values);
            return values;
        }
    }

    /** The values in C order as float64, without rounding where the tensor is float64 already. */
    public static double[] toDoubles(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            Tensor plain = ComputeDevice.CPU
                    .place(tensor.detach())
                    .to(ScalarType.Double)
                    .contiguous();
            double[] values = new double[Math.toIntExact(plain.numel())];
            new DoublePointer(plain.data_ptr()).capacity(values.length).get(values);
            return values;
        }
    }

    /** A float32 array with a copy of the values. */
    public static NdArray toArray(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            Tensor plain = ComputeDevice.CPU
                    .place(tensor.detach())
                    .to(ScalarType.Float)
                    .contiguous();
            ByteBuffer copy =
                    ByteBuffer.allocate(Math.toIntExact(plain.nbytes())).order(ByteOrder.LITTLE_ENDIAN);
            if (copy.hasRemaining()) { // no values have no address
                copy.put(new BytePointer(plain.data_ptr())
                                .capacity(plain.nbytes())
                                .asByteBuffer())
                        .flip();
            }
            return new NdArray(DType.FLOAT32, plain.shape(), copy);
        }
    }

    /** The one value of a tensor. */
    public static double toDouble(Tensor tensor) {
        try (Scope scope = Scope.open()) {
            return tensor.detach().to(ScalarType.Double).item_double();
        }
    }

    public static Tensor zeros(long... shape) {
        NativeLibrary.load();
        return torch.zeros(shape);
    }

    /** Standard normal numbers from {@code generator}. */
    public static Tensor normal(Generator generator, long... shape) {
        return torch.randn(shape, new GeneratorOptional(generator), new TensorOptions(ScalarType.Float));
    }

    /** Uniform numbers in [0, 1) from {@code generator}. */
    public static Tensor uniform(Generator generator, long... shape) {
        return torch.rand(shape, new GeneratorOptional(generator), new TensorOptions(ScalarType.Float));
    }

    /** Joins along {@code dimension}. */
    public static Tensor concatenate(int dimension, Tensor... parts) {
        return torch.cat(new TensorVector(parts), dimension);
    }

    /** Joins along a new first dimension. */
    public static Tensor stack(List<Tensor> parts) {
        return torch.stack(new TensorVector(parts.toArray(Tensor[]::new)));
    }

    /** {@code a·x + b·y}; shapes must broadcast. */
    public static Tensor combine(double a, Tensor x, double b, Tensor y) {
        return scale(x, a).add_(y, new Scalar(b));
    }

    /** {@code a·x}. */
    public static Tensor scale(Tensor x, double a) {
        return x.mul(new Scalar(a));
    }

    /** Mean squared error in float32 after a check that the shapes are equal: libtorch would broadcast in silence. */
    public static Tensor meanSquaredError(Tensor output, Tensor target) {
        Shapes.requireEqual("mean squared error", output, target);
        return torch.mse_loss(output.to(ScalarType.Float), target);
    }

    /** Channels innermost in memory, the layout in which convolutions are fastest; the shape stays [N, C, H, W]. */
    public static Tensor channelsLast(Tensor pictures) {
        return pictures.contiguous(MemoryFormat.ChannelsLast);
    }

    /** Mean over the given dimensions, kept in the type of the input. */
    public static Tensor mean(Tensor x, long... dimensions) {
        return x.mean(dimensions, false, new ScalarTypeOptional());
    }
}
