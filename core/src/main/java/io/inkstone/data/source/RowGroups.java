package io.inkstone.data.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Random access to rows over the row groups of several files; the groups used last are kept up to a number of bytes. */
final class RowGroups {
    private static final long KEPT_BYTES = 512L << 20;

    private record Group(ParquetFile file, int index, int firstRow) {}

    private final Group[] groups;
    private final int[] firstRows;
    private final Map<Group, byte[][]> kept = new LinkedHashMap<>(16, 0.75f, true);
    private long keptBytes;

    RowGroups(List<ParquetFile> files) {
        ArrayList<Group> all = new ArrayList<>();
        int row = 0;
        for (ParquetFile file : files) {
            int[] rows = file.rowsPerGroup();
            for (int k = 0; k < rows.length; k++) {
                if (rows[k] > 0) {
                    all.add(new Group(file, k, row));
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
        byte[] picture = rows(group)[row - group.firstRow()];
        if (picture == null) {
            throw new IOException("the row has no image.bytes");
        }
        return picture;
    }

    private synchronized byte[][] rows(Group group) throws IOException {
        byte[][] rows = kept.get(group);
        if (rows == null) {
            rows = group.file().pictures(group.index());
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

    private static long bytes(byte[][] rows) {
        long sum = 0;
        for (byte[] row : rows) {
            sum += row == null ? 0 : row.length;
        }
        return sum;
    }
}
