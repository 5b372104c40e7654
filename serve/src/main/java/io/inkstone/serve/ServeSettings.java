package io.inkstone.serve;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * What a server is told when it starts.
 *
 * @param runs folder whose run directories are offered by their names; it need not exist yet
 * @param named further runs by names of their own
 * @param standard the model of requests that name none; else the newest run
 * @param anyModel whether an unknown name means the standard model
 * @param address where it listens
 * @param keyFile a line a key; without one there is no key to be shown
 * @param data folder of the database and of drawn pictures
 * @param database a PostgreSQL that several servers share, jdbc:postgresql://…; they share {@code data} too
 * @param queue jobs that wait; more are refused
 * @param device by its name: auto, cpu or cuda:N
 * @param idle how long a connection may say nothing while something is expected of it
 * @param pictures folder of picture sets that can be trained on by their names
 */
public record ServeSettings(
        Path runs,
        Map<String, Path> named,
        Optional<String> standard,
        boolean anyModel,
        Address address,
        Optional<Path> keyFile,
        Path data,
        Optional<String> database,
        int queue,
        String device,
        Duration idle,
        Optional<Path> pictures) {
    /** @param port 0 for any that is free */
    public record Address(String host, int port) {
        public Address {
            if (port < 0 || port > 65_535) {
                throw new InputException(Words.of("A port is a number from 0 to 65535, got %d.", port));
            }
        }

        boolean isLoopback() {
            try {
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException unknown) {
                throw new InputException(
                        Words.of("The host '%s' is not known here: give an address of this machine.", host), unknown);
            }
        }
    }

    public ServeSettings {
        named = Map.copyOf(named);
        database.ifPresent(Database::requireKnown);
        if (queue < 1) {
            throw new InputException(Words.of("The queue holds 1 job or more, got %d.", queue));
        }
        if (keyFile.isEmpty() && !address.isLoopback()) {
            throw new InputException(Words.of(
                    "Whoever reaches %s could use this machine: give --key-file with a key a line, or listen on 127.0.0.1 only.",
                    address.host()));
        }
    }

    /** The runs of a folder, on this machine alone, at any free port. */
    public static ServeSettings of(Path runs, Path data) {
        return builder(runs, data).build();
    }

    /** Begins with what {@link #of} says. */
    public static Builder builder(Path runs, Path data) {
        return new Builder(runs, data);
    }

    /** One setting after the other; each has a usual value. */
    public static final class Builder {
        private final Path runs;
        private final Path data;
        private Map<String, Path> named = Map.of();
        private Optional<String> standard = Optional.empty();
        private boolean anyModel;
        private Address address = new Address("127.0.0.1", 0);
        private Optional<Path> keyFile = Optional.empty();
        private Optional<String> database = Optional.empty();
        private int queue = 64;
        private String device = "cpu";
        private Duration idle = Duration.ofSeconds(30);
        private Optional<Path> pictures = Optional.empty();

        private Builder(Path runs, Path data) {
            this.runs = runs;
            this.data = data;
        }

        public Builder named(Map<String, Path> other) {
            named = other;
            return this;
        }

        public Builder standard(String name) {
            standard = Optional.of(name);
            return this;
        }

        public Builder anyModel(boolean any) {
            anyModel = any;
            return this;
        }

        public Builder address(String host, int port) {
            address = new Address(host, port);
            return this;
        }

        public Builder keyFile(Path file) {
            keyFile = Optional.of(file);
            return this;
        }

        /** A PostgreSQL that other servers share. */
        public Builder database(String url) {
            database = Optional.of(url);
            return this;
        }

        public Builder queue(int most) {
            queue = most;
            return this;
        }

        public Builder device(String name) {
            device = name;
            return this;
        }

        public Builder idle(Duration longest) {
            idle = longest;
            return this;
        }

        /** A folder of sets that can be trained on. */
        public Builder pictures(Path folder) {
            pictures = Optional.of(folder);
            return this;
        }

        public ServeSettings build() {
            return new ServeSettings(
                    runs, named, standard, anyModel, address, keyFile, data, database, queue, device, idle, pictures);
        }
    }
}
