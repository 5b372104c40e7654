package io.inkstone.bench.djl;

import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;

/** What both networks are made of. */
final class Layers {
    private Layers() {}

    static Block linear(int units) {
        return Linear.builder().setUnits(units).build();
    }

    static Block norm() {
        return BatchNorm.builder().build();
    }

    static Block up(int filters, int kernel) {
        return new Doubling(filters, kernel, 1);
    }

    static Block convolution(int filters, int stride) {
        return Conv2d.builder()
                .setFilters(filters)
                .setKernelShape(new Shape(3, 3))
                .optStride(new Shape(stride, stride))
                .optPadding(new Shape(1, 1))
                .build();
    }
}
