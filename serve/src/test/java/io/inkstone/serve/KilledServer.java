package io.inkstone.serve;

import java.nio.file.Path;

/** A server in a process of its own, to be killed. */
final class KilledServer {
    private KilledServer() {}

    public static void main(String[] folders) throws InterruptedException {
        Server server = Server.start(ServeSettings.of(Path.of(folders[0]), Path.of(folders[1])));
        System.out.println(server.address());
        Thread.currentThread().join();
    }
}
