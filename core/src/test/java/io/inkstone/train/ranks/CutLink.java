package io.inkstone.train.ranks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A way to a port of this machine that can be cut as a network is: what is sent is taken, goes nowhere, and nobody says so. */
final class CutLink implements AutoCloseable {
    private final ServerSocket here;
    private final int there;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    CutLink(int there) throws IOException {
        this.there = there;
        here = new ServerSocket(0, 9, InetAddress.getLoopbackAddress());
        start(this::accept);
    }

    int port() {
        return here.getLocalPort();
    }

    void cut() {
        cut = true;
    }

    private void accept() throws IOException {
        while (true) {
            Socket near = here.accept();
            open.add(near);
            try {
                Socket far = new Socket(InetAddress.getLoopbackAddress(), there);
                open.add(far);
                start(() -> carry(near.getInputStream(), far.getOutputStream()));
                start(() -> carry(far.getInputStream(), near.getOutputStream()));
            } catch (ConnectException nobodyYet) {
                near.close(); // whoever it was comes again
            }
        }
    }

    private void carry(InputStream from, OutputStream to) throws IOException {
        byte[] some = new byte[8192];
        for (int count = from.read(some); count >= 0; count = from.read(some)) {
            if (!cut) {
                to.write(some, 0, count);
            }
        }
    }

    private interface Carrying {
        void run() throws IOException;
    }

    private static void start(Carrying work) {
        Thread thread = new Thread(() -> {
            try {
                work.run();
            } catch (IOException closed) {
                // the end of the test
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        here.close();
        for (Socket socket : open) {
            socket.close();
        }
    }
}
