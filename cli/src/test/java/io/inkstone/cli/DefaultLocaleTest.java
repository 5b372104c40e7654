package io.inkstone.cli;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.inkstone.DefaultLocale;
import org.junit.jupiter.api.Test;

class DefaultLocaleTest {
    @Test
    void theCommandLineNeverAsksTheDefaultLocale() {
        DefaultLocale.notAsked()
                .check(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("io.inkstone.cli"));
    }
}
