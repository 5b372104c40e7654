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
        return new ServeSettings(
                runs,
                Map.of(),
                Optional.empty(),
                false,
                new Address("127.0.0.1", 0),
                Optional.empty(),
                data,
                Optional.empty(),
                64,
                "cpu",
                Duration.ofSeconds(30),
                Optional.empty());
    }

    public ServeSettings withAnyModel(boolean any) {
        return new ServeSettings(
                runs, named, standard, any, address, keyFile, data, database, queue, device, idle, pictures);
    }

    public ServeSettings withKeyFile(Path file) {
        return new ServeSettings(
                runs,
                named,
                standard,
                anyModel,
                address,
                Optional.of(file),
                data,
                database,
                queue,
                device,
                idle,
                pictures);
    }

    public ServeSettings withQueue(int most) {
        return new ServeSettings(
                runs, named, standard, anyModel, address, keyFile, data, database, most, device, idle, pictures);
    }

    public ServeSettings withIdle(Duration other) {
        return new ServeSettings(
                runs, named, standard, anyModel, address, keyFile, data, database, queue, device, other, pictures);
    }

    /** With a PostgreSQL that other servers share. */
    public ServeSettings withDatabase(String url) {
        return new ServeSettings(
                runs,
                named,
                standard,
                anyModel,
                address,
                keyFile,
                data,
                Optional.of(url),
                queue,
                device,
                idle,
                pictures);
    }

    /** With a folder of sets that can be trained on. */
    public ServeSettings withPictures(Path folder) {
        return new ServeSettings(
                runs,
                named,
                standard,
                anyModel,
                address,
                keyFile,
                data,
                database,
                queue,
                device,
                idle,
                Optional.of(folder));
    }
}
