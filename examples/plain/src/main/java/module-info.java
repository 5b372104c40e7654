/** A program on the module path: one line names the library. */
module io.inkstone.examples.plain {
    requires io.inkstone.core;
}
