package io.inkstone;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

/** The classes of the product, without its tests, read once a JVM: that takes seconds, and the rules only look at them. */
public final class ProductClasses {
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.inkstone");

    private ProductClasses() {}

    /** Those on the class path: core's here, the modules' too where they are tested. */
    public static JavaClasses all() {
        return ALL;
    }
}
