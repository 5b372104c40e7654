package io.inkstone.studio;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.TwoStage;
import io.inkstone.models.stable.StableModel;
import io.inkstone.run.GuideChoice;
import io.inkstone.run.SavedRun;
import io.inkstone.wish.Means;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The runs that are loaded: each once, however many use it. One that nobody uses stays for a while; the least recently used are
 * unloaded first, when there are more than the settings allow, or no room for another.
 */
final class OpenRuns implements AutoCloseable {
    /** A run that is saved while it is opened changes under our hands; so often in a row it does not. */
    private static final int TRIES = 20;

    /** Weights once as they are and once prepared. */
    private static final int COPIES = 2;

    private final StudioSettings settings;
    private final Supplier<OptionalLong> freeMegabytes;
    private final WeightIdentity.Hashes hashes = new WeightIdentity.Hashes();
    private final Map<OpenRun.Key, OpenRun> runs = new HashMap<>();
    private final Object loading = new Object();
    private long uses;
    private boolean closed;

    /** @param freeMegabytes what the machine has left, where it is known */
    OpenRuns(StudioSettings settings, Supplier<OptionalLong> freeMegabytes) {
        this.settings = settings;
        this.freeMegabytes = freeMegabytes;
    }

    /** The run as it lies on the disk now, loaded if it was not; give it back with {@link #release}. */
    OpenRun take(RunChoice choice) {
        for (int tried = 1; ; tried++) {
            Path file = choice.file();
            try {
                WeightIdentity identity = WeightIdentity.of(file);
                OpenRun.Key key = key(choice, identity);
                Optional<OpenRun> loaded = retained(key).or(() -> load(choice, identity, key));
                if (loaded.isPresent()) {
                    return loaded.get();
                }
            } catch (NoRoomException full) {
                throw full;
            } catch (InputException unreadable) {
                if (tried >= TRIES || file.equals(choice.file())) {
                    throw unreadable;
                }
            }
            if (tried >= TRIES) {
                throw new InputException(
                        Words.of("%s changes while it is opened. Try again when it is saved.", choice.root()));
            }
        }
    }

    private OpenRun.Key key(RunChoice choice, WeightIdentity identity) {
        return new OpenRun.Key(
                identity.path(),
                hashes.of(identity),
                choice.device(),
                choice.loras(),
                choice.guide().map(guide -> hashes.of(WeightIdentity.of(guide.file()))));
    }

    private synchronized Optional<OpenRun> retained(OpenRun.Key key) {
        requireOpen();
        OpenRun run = runs.get(key);
        if (run != null) {
            run.users++;
        }
        return Optional.ofNullable(run);
    }

    /** Empty if another file came into its place meanwhile. */
    private Optional<OpenRun> load(RunChoice choice, WeightIdentity identity, OpenRun.Key key) {
        synchronized (loading) { // one after another: each must see the room that is left
            Optional<OpenRun> byOthers = retained(key);
            if (byOthers.isPresent()) {
                return byOthers;
            }
            long bytes = identity.size();
            makeRoom(choice.root(), megabytes(COPIES * bytes));
            SavedRun saved = choice.open(identity.path());
            try {
                if (!WeightIdentity.of(identity.path()).equals(identity)) {
                    saved.close();
                    return Optional.empty();
                }
                List<String> notes = Means.NOTHING.withLoras(choice.loras()).change(saved);
                return Optional.of(shelved(led(choice, key, saved, bytes + stageBytes(saved), notes)));
            } catch (RuntimeException failure) {
                saved.close();
                throw failure;
            }
        }
    }

    /** With its guide, where it has one. */
    private static OpenRun led(RunChoice choice, OpenRun.Key key, SavedRun saved, long bytes, List<String> notes) {
        Optional<SavedRun> guide = choice.guide().map(each -> each.open(choice.device()));
        try {
            SavedRun led = guide.map(weaker -> GuideChoice.led(saved, weaker)).orElse(saved);
            return new OpenRun(key, led, guide, bytes, notes);
        } catch (RuntimeException unfit) {
            guide.ifPresent(SavedRun::close);
            throw unfit;
        }
    }

    private static long stageBytes(SavedRun saved) {
        if (saved.model() instanceof StableModel stable) {
            return stable.parts().bytes() + stable.besideBytes();
        }
        return saved.model() instanceof TwoStage two
                ? Float.BYTES * two.stage().network().parameterCount()
                : 0;
    }

    private synchronized OpenRun shelved(OpenRun run) {
        requireOpen();
        run.users = 1;
        runs.put(run.key(), run);
        return run;
    }

    private static long megabytes(long bytes) {
        return Math.max(1, bytes >> 20);
    }

    /** Unloads idle runs until {@code need} fits, or refuses. */
    private void makeRoom(Path root, long need) {
        long freed =
                0; // the allocator keeps what it got back for the next who asks: the machine does not count it as free
        while (true) {
            OptionalLong free = freeMegabytes.get();
            long room = free.isPresent() ? free.getAsLong() + freed : Long.MAX_VALUE;
            room = Math.min(room, settings.mostMegabytes() - loadedMegabytes());
            if (need <= room) {
                return;
            }
            long most = Math.max(0, room);
            OpenRun idle = leastRecentlyUsed().orElseThrow(() -> new NoRoomException(root, need, most));
            freed += idle.megabytes();
            idle.close();
        }
    }

    /** Of all loaded runs, with their prepared weights. */
    synchronized long loadedMegabytes() {
        return runs.values().stream().mapToLong(OpenRun::megabytes).sum();
    }

    /** Runs that are loaded. */
    synchronized int size() {
        return runs.size();
    }

    /** Takes the idle run off that nobody used for the longest time; whoever asks closes it, outside of our lock. */
    private synchronized Optional<OpenRun> leastRecentlyUsed() {
        Optional<OpenRun> idle =
                runs.values().stream().filter(run -> run.users == 0).min(Comparator.comparingLong(run -> run.lastUse));
        idle.ifPresent(run -> runs.remove(run.key()));
        return idle;
    }

    /** One more user of a run that has some; one that was given back by all may be gone. */
    synchronized void retain(OpenRun run) {
        if (runs.get(run.key()) != run) {
            throw Lease.isGivenBack(run);
        }
        run.users++;
    }

    /** A user less; the last one leaves the run idle, or closed where too many are. */
    void release(OpenRun run) {
        synchronized (this) {
            run.users--;
            run.lastUse = ++uses;
        }
        unloadAbove(settings.mostIdle());
    }

    private void unloadAbove(int most) {
        Optional<OpenRun> idle;
        while ((idle = superfluous(most)).isPresent()) {
            idle.get().close();
        }
    }

    private synchronized Optional<OpenRun> superfluous(int most) {
        long idle = runs.values().stream().filter(run -> run.users == 0).count();
        return idle > (closed ? 0 : most) ? leastRecentlyUsed() : Optional.empty();
    }

    private void requireOpen() {
        if (closed) {
            throw Studio.isClosed();
        }
    }

    /** Unloads what nobody uses; the rest when its last user is done. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        unloadAbove(0);
    }
}
