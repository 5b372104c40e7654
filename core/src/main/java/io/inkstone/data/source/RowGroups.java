package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random access to rows over the row groups of several files; the groups used last are kept up to a number of bytes. */
final class RowGroups {
    private static final long KEPT_BYTES = 512L << 20;

    private record Group(PictureTable file, TableColumns columns, int index, int firstRow) {}

    private final Group[] groups;
    private final int[] firstRows;
    private final Map<Group, Object[]> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;

    /** @param columns of each file */
    RowGroups(List<PictureTable> files, List<TableColumns> columns) {
        ArrayList<Group> all = new ArrayList<>();
        int row = 0;
        for (int f = 0; f < files.size(); f++) {
            int[] rows = files.get(f).rowsPerGroup();
            for (int k = 0; k < rows.length; k++) {
                if (rows[k] > 0) {
                    all.add(new Group(files.get(f), columns.get(f), k, row));
                }
                row = Math.addExact(row, rows[k]);
            }
        }
        groups = all.toArray(Group[]::new);
        firstRows = all.stream().mapToInt(Group::firstRow).toArray();
    }

    /** The encoded bytes of one row. */
    byte[] picture(int row) throws IOException {
        int found = Arrays.binarySearch(firstRows, row);
        Group group = groups[found >= 0 ? found : -found - 2];
        Object picture = rows(group)[row - group.firstRow()];
        if (picture == null) {
            throw new IOException("the row has no picture");
        }
        if (picture instanceof PictureTable.Later later) {
            return later.read();
        }
        return picture instanceof Path file ? Origin.bytes(file) : (byte[]) picture;
    }

    private synchronized Object[] rows(Group group) throws IOException {
        Object[] rows = kept.get(group);
        if (rows == null) {
            rows = read(group);
            keptBytes += bytes(rows);
            var oldest = kept.entrySet().iterator();
            while (keptBytes > KEPT_BYTES && oldest.hasNext()) {
                keptBytes -= bytes(oldest.next().getValue());
                oldest.remove();
            }
            kept.put(group, rows);
        }
        return rows;
    }

    /** Pictures as bytes, or where the bytes are missing the file that the row names. */
    private static Object[] read(Group group) throws IOException {
        PictureTable file = group.file();
        TableColumns columns = group.columns();
        long size = file.bytes(group.index());
        if (size > Integer.MAX_VALUE) {
            throw new InputException(Words.of(
                    "%s: row group %d holds %d MB; write the file with smaller row groups.",
                    file.path(), group.index(), size >> 20));
        }
        int count = file.rowsPerGroup()[group.index()];
        Object[] rows = columns.image().isPresent()
                ? file.pictures(group.index(), columns.image().get())
                : new Object[count];
        if (columns.path().isPresent() && Arrays.asList(rows).contains(null)) {
            List<List<Object>> paths = file.lists(group.index(), columns.path().get());
            for (int i = 0; i < count; i++) {
                if (rows[i] == null && !paths.get(i).isEmpty()) {
                    rows[i] = beside(file, new String((byte[]) paths.get(i).get(0), StandardCharsets.UTF_8));
                }
            }
        }
        return rows;
    }

    /** A picture file below the folder of the table; nothing else is read by a name in it. */
    private static Path beside(PictureTable file, String name) {
        Path folder = file.path().toAbsolutePath().normalize().getParent();
        try {
            Path picture = folder.resolve(name.replace('\\', '/')).normalize();
            if (picture.startsWith(folder) && Files.isRegularFile(picture)) {
                return picture;
            }
        } catch (InvalidPathException strange) {
            // said below
        }
        throw new InputException(Words.of(
                "%s holds no bytes of the picture %s, and no such file lies beside it. Write the file with the pictures in it, or put them there.",
                file.path(), name));
    }

    private static long bytes(Object[] rows) {
        long sum = 0;
        for (Object row : rows) {
            sum += row instanceof byte[] picture ? picture.length : 0;
        }
        return sum;
    }
}
