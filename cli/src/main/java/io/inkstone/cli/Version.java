package io.inkstone.cli;

import io.inkstone.run.Environment;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"inkstone " + Environment.version()};
    }
}
