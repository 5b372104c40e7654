package io.inkstone.serve;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Rows of pictures into the database: those that come while one transaction is written stand in the next one together. */
final class RowsTogether implements AutoCloseable {
    private final PictureShelf shelf;
    private final ConcurrentLinkedQueue<Entry> waiting = new ConcurrentLinkedQueue<>();
    private final ExecutorService writing = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "inkstone-rows");
        thread.setDaemon(true);
        return thread;
    });

    private record Entry(List<KeptPicture> pictures, CompletableFuture<List<KeptPicture>> done) {}

    RowsTogether(PictureShelf shelf) {
        this.shelf = shelf;
    }

    /** Done when they are on the disk. */
    CompletableFuture<List<KeptPicture>> enter(List<KeptPicture> pictures) {
        Entry entry = new Entry(pictures, new CompletableFuture<>());
        waiting.add(entry);
        writing.execute(this::write);
        return entry.done();
    }

    private void write() {
        List<Entry> all = new ArrayList<>();
        for (Entry each; (each = waiting.poll()) != null; ) {
            all.add(each);
        }
        if (all.isEmpty()) {
            return;
        }
        try {
            shelf.enter(all.stream().flatMap(each -> each.pictures().stream()).toList());
            all.forEach(each -> each.done().complete(each.pictures()));
        } catch (RuntimeException failure) {
            all.forEach(each -> each.done().completeExceptionally(failure));
        }
    }

    @Override
    public void close() {
        writing.shutdown();
        try {
            if (!writing.awaitTermination(10, TimeUnit.SECONDS)) {
                writing.shutdownNow();
            }
        } catch (InterruptedException enough) {
            Thread.currentThread().interrupt();
        }
    }
}
